import { agent, asker, colleague, lead, move, note, raise } from '../story.ts'
import type { Story } from '../story.ts'

export const computers: readonly Story[] = [
  {
    team: 'computers',
    title: 'Laptop [laptop] {will not wake up|stays black} after the lid was closed',
    body: 'Since [day] my laptop stays black when I open the lid. The power light is on and the fan runs, but nothing shows up on the screen. Holding the power button for ten seconds helps, but then everything I had open is gone.\n\n- Model: ThinkPad T14, tag **[laptop]**\n- Docked at my desk during the day, on battery in the evening\n- It happened {three|four|five} times this week',
    steps: [
      agent(
        'That sounds like the dock firmware: a batch of those laptops loses the display when it wakes up while docked. Could you try one evening without the dock and tell me whether it still happens?',
      ),
      move('waiting'),
      asker('Tried it {yesterday evening|twice now}: without the dock it wakes up normally.'),
      note(
        'Same as the other T14s of the spring delivery. Firmware 1.42 for the dock fixes it; the updater needs mains power.',
      ),
      agent(
        'Then it is the dock. I have put the firmware update into the *Software Centre* for you: start it while docked and on mains power, it takes about six minutes and the screen flickers twice. Please do not unplug anything meanwhile.',
      ),
      asker('Done, and it woke up this morning as it should. {Thank you!|Great, thanks.}'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'VPN drops every {few|ten|twenty} minutes when working from home',
    priority: 'high',
    body: 'From home the VPN connects, but after some minutes every connection hangs until I disconnect and connect again. In the office everything is fine. My internet is otherwise stable, video calls without VPN work for hours.\n\nThe message I get:\n\n~~~\nThe connection was terminated by the remote peer (code 789).\nReconnecting in 5 s …\n~~~',
    files: ['vpn-log.txt'],
    steps: [
      agent(
        'Thanks for the log, that helps. It shows that your router changes the IP address while the tunnel is up. Which provider do you have at home, and do you use IPv6?',
      ),
      asker('[provider]. I have no idea about IPv6, how do I see that?'),
      agent(
        'No need to look any further: I have moved your profile to the **TCP gateway**, which survives such changes. Please sign out of the VPN client once, start it again and choose *Office (stable)*.',
      ),
      move('waiting'),
      asker('Two days without a single drop. You can close this.'),
      move('resolved'),
    ],
    slots: { provider: ['Telenor', 'Vodafone', 'a small local fibre company', 'O2'] },
  },
  {
    team: 'computers',
    title: 'Second monitor {flickers|goes dark for a second} at desk [desk]',
    priority: 'low',
    body: 'The right-hand monitor at desk [desk] {flickers|goes dark} every couple of minutes. I swapped the cable with the left one and the problem stayed with the monitor, so I suppose it is not the cable.',
    steps: [
      agent(
        'Nicely narrowed down. I will bring a spare 27-inch {after lunch|tomorrow morning}; if it is quiet with that one, the old monitor goes back under warranty.',
      ),
      note('Dell, serial ends in 7QK. Warranty until next March. Spare taken from the store room.'),
      asker('The new one has been fine all day.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Please {unlock|reset} my account, locked out after holiday',
    priority: 'high',
    body: 'Back from two weeks of leave and I cannot remember which password I set before I left. Now the account is locked. I have a customer call at {nine|ten|eleven}, so quickly would be lovely.',
    steps: [
      agent(
        'Welcome back! I have unlocked the account. You will get a text message with a one-time code on your work phone; with it you can set a new password on the sign-in page.',
      ),
      asker('Got it, I am in. Thanks for being so quick.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Outlook asks for the password again and again',
    body: 'Since {this morning|[day]} Outlook shows the password window every few minutes. I type it in, it is accepted, and a few minutes later it asks again. Mail arrives on the phone without any trouble.',
    files: ['outlook-prompt.png'],
    steps: [
      agent(
        'Please open *Credential Manager* (type it into the start menu), remove everything that begins with `MicrosoftOffice16`, and start Outlook again. It will ask one last time.',
      ),
      move('waiting'),
      asker('There were eleven of those entries! Removed them all. No question so far.'),
      agent('Eleven is a record. I leave this open until tomorrow to be sure.'),
      asker('Still quiet. Please close.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Blue screen while presenting at [customer]',
    priority: 'urgent',
    body: 'In the middle of a presentation at **[customer]** the laptop went blue and restarted. It took four minutes to come back, which felt like an hour. I have the next presentation there on [day] and cannot afford a second one.\n\nPhoto of the screen attached.',
    files: ['blue-screen.png'],
    steps: [
      agent(
        'Ouch. The code points at the graphics driver, most likely together with the projector adapter. I would like to have the laptop for an hour today. Can you bring it to the second floor before three?',
      ),
      note(
        'DRIVER_POWER_STATE_FAILURE, igdkmdn64.sys. Third case with that adapter. Adapters of the old type should go.',
      ),
      lead('Agreed. Order ten of the new ones from the accessories budget, no need to ask again.'),
      asker('On my way.'),
      agent(
        'Driver updated, tested for an hour with both projectors, no crash. I also put one of the new adapters into your bag; please throw away the grey one.',
      ),
      asker('Presentation went through without a hitch. Thank you, really.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: '[printer] prints {everything|all pages} with grey stripes',
    body: 'All printouts from **[printer]** have two grey stripes along the left side. We print offers for customers on it, so it does not look good. Cleaning from the menu did not help.',
    files: ['stripes.png'],
    steps: [
      agent(
        'Thanks for the scan. Two parallel stripes usually mean the drum. I have ordered one, it should be here in two working days. Until then please use the printer on the first floor; I have made it the default for your team.',
      ),
      move('waiting'),
      colleague('The first-floor printer asks for a PIN that I do not have.'),
      agent('Sorry, that was switched on by mistake. No PIN needed any more.'),
      note('Drum unit arrived, invoice goes to cost centre 4120.'),
      agent('New drum is in, test page is clean. The default printer is back to what it was.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'New laptop for {our new colleague|a starter} on the first of [next month]',
    body: 'We have a new colleague starting on the first of [next month] in field sales.\n\n1. Laptop with docking station\n2. Phone with data plan\n3. Two monitors at desk [desk]\n4. Headset (the quiet kind, please)\n\nName and start papers are with HR already.',
    steps: [
      agent(
        'Noted. Laptop and phone are in stock; the monitors need a week. I will set everything up on the last working day of the month and leave a welcome sheet on the desk.',
      ),
      note('Image: field sales. Asset tags [laptop] and the phone from the drawer, box 3.'),
      asker('Perfect. Could you also add a privacy filter? We had a complaint on the train.'),
      agent('Of course, there is one in the store room. Added to the list.'),
      agent('All set up and tested. The welcome sheet is on the desk.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Headset microphone is {very quiet|hardly audible} in calls',
    priority: 'low',
    body: 'Customers keep telling me that I sound {far away|as if I were in a tunnel}. The headset is the wireless one from last year. In the settings the level is at 100.',
    steps: [
      agent(
        'Please check one thing: at the end of the microphone arm there is a small ring. If it is turned inwards the microphone points away from you.',
      ),
      asker('I feel a little silly now. It was the ring.'),
      agent('You are the fourth this month; I should write it on the box.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title:
      'Suspicious e-mail: “{Your mailbox is almost full|Invoice overdue|Your parcel could not be delivered}”',
    priority: 'high',
    body: 'I got the attached mail and I am not sure whether it is real. The sender looks like our own IT, but the link goes to a strange address. I have **not** clicked on anything.',
    files: ['suspicious-mail.png'],
    steps: [
      agent(
        'Well spotted: it is a fake. I have blocked the sender and removed the message from all mailboxes. You did exactly the right thing.',
      ),
      note(
        'Went to 41 people, two of them opened the link. Both passwords were reset and all their sessions ended.',
      ),
      raise('urgent'),
      lead(
        'Please write two lines for the Monday newsletter, with the screenshot but without names.',
      ),
      note('Done. Sent to communications.'),
      raise('high'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Phone {screen is cracked|fell into the sink}, need a replacement',
    body: 'My work phone {met the floor of the car park|had an unhappy morning}. It still rings, but I cannot read half of the screen. Is there a spare that I could have for the time being?',
    files: ['phone.png'],
    steps: [
      agent(
        'There is. Please come by with the old one, moving the SIM and your apps takes about twenty minutes. Do you need the two-factor app moved as well?',
      ),
      asker('Yes, please. I will be there at {half past one|three}.'),
      agent('You are all set. The old phone goes to the insurance.'),
      note('Insurance case opened, excess 50. Photo attached to the claim.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Webcam picture is upside down in {all video calls|the meeting app}',
    priority: 'low',
    body: 'Since the last update my picture is upside down for everyone else. Funny the first time, less so with a customer. On my own screen it looks normal.',
    steps: [
      agent(
        'That update brought a new camera driver with a “mounting position” switch. In the camera settings please set it to *upright*; if the setting is missing, install *Camera Companion* from the Software Centre.',
      ),
      asker('Found it. I am the right way up again.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Disk full on [laptop], cannot save {offers|drawings} any more',
    body: 'The laptop says that the disk is full (238 of 238 GB used). I deleted the downloads and emptied the bin, which gave me 2 GB for about a day. Something is filling it up again.',
    files: ['disk-usage.csv'],
    steps: [
      agent(
        'From your list: 94 GB of it is an old mail archive that is also on the server, and it grows each night. May I remove the local copy? Nothing is lost, search takes a second longer.',
      ),
      move('waiting'),
      asker('Yes, go ahead.'),
      agent('101 GB free now, and the archive will not come back.'),
      asker('Thank you, it is even faster than before.'),
      move('resolved'),
    ],
  },
]
