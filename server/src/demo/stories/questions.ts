import { agent, asker, colleague, lead, move, note, raise } from '../story.ts'
import type { Story } from '../story.ts'

export const questions: readonly Story[] = [
  {
    team: 'computers',
    title: 'How do I share a calendar with [customer]?',
    priority: 'low',
    body: 'They would like to see when our project team is free, without all the details. Is that possible with people outside the company?',
    steps: [
      agent(
        'Yes: right-click the calendar, *Share*, enter their address and choose **Free/busy only**. They get a link that works in any calendar.',
      ),
      asker('That was easy. Thanks!'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Video calls in [room]: nobody hears us {at the other end|in hybrid meetings}',
    priority: 'high',
    body: 'In [room] people who join remotely do not hear us, we hear them well. It happened in {two|three} meetings in a row. Restarting the box on the wall did not help.',
    steps: [
      agent(
        'The table microphone has a mute ring that can be pressed without noticing; it glows red then. Was it red?',
      ),
      asker('No, it was green the whole time.'),
      agent('Then I will come with a second one. Is the room free {at two|tomorrow at nine}?'),
      colleague('You can use my slot at four, we are only two people and can sit in the kitchen.'),
      agent(
        'The cable below the table was cut halfway by a chair. New cable, with a guard this time; tested with a call.',
      ),
      note('Check the other rooms for the same: 2.14 and 3.02 have the same table.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Price list [month]: import {stops at line|rejects row} [line]',
    body: 'The import of the new price list stops. The file is the same format as always, it comes from the supplier directly.\n\n~~~\nline [line]: "1.299,00" is not a number\n~~~',
    files: ['price-list.csv'],
    slots: { line: ['214', '877', '1,302', '46'] },
    steps: [
      agent(
        'The supplier has changed the number format for articles above one thousand. I can convert the file today; for the future the import should understand both.',
      ),
      agent('Your file is imported: 2,318 articles, 41 new, none rejected.'),
      asker('Checked ten of them, all right. Thank you.'),
      note('Import accepts both formats from the next release on; test added with this very file.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Signature in e-mails shows {the old address|the old logo|a broken image}',
    priority: 'low',
    body: 'My signature still has the old one. Colleagues next to me have the new one. Did I miss something?',
    files: ['signature.png'],
    steps: [
      agent(
        'Signatures are filled from the directory, and yours had an entry made by hand that wins over it. I have removed it; the next mail you write will be right.',
      ),
      asker('Looks good now.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Can we get a dashboard for {open tenders|overdue offers|visits per week}?',
    body: 'For our Monday round we copy numbers from three places into a slide. A small dashboard would save us half an hour each week.\n\nWhat we would like to see:\n\n- number and value, per region\n- the five oldest\n- change against the week before',
    steps: [
      agent(
        'Nice idea, and not much work: the numbers are all in the CRM. I need the definition of “overdue”: by the date of the offer, or by its valid-until?',
      ),
      move('waiting'),
      asker('By valid-until. And please without those below [amount].'),
      agent(
        'A first version is online, under *Dashboards*. Colours and wording can still be changed.',
        'dashboard.png',
      ),
      colleague('Could it start on Monday instead of Sunday?'),
      agent('It does now.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Wi-Fi in [room] is {weak|very slow}, calls break off',
    body: 'In [room] I get one bar and calls break off. Two metres outside of the door it is perfect. {It used to be better before the new cupboards.|The cable works.}',
    steps: [
      agent(
        'Thank you. I have measured: the new steel cupboard stands right in front of the access point. Moving the access point is easier than the cupboard.',
      ),
      lead('Electrician is here on [day] anyway, please add it to his list.'),
      move('waiting'),
      agent('Moved to the ceiling. I measured 380 Mbit/s at the table.'),
      asker('Full bars. Thanks!'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Parcel from [customer] {has not arrived|was delivered to the wrong floor}',
    body: 'The tracking says delivered on [day], signed by “front desk”. The front desk does not have it. It contains samples that we need for [day].',
    steps: [
      agent(
        'I have asked the driver: it went to the neighbours at number 14, who have a front desk as well. I will fetch it.',
      ),
      agent('It is here, undamaged. Shall I bring it up?'),
      asker('I am on my way down. You are the best.'),
      move('resolved'),
    ],
  },
  {
    team: 'computers',
    title: 'Installing {a PDF editor|the CAD viewer|a translation tool}: “needs administrator”',
    body: 'For the tender of [customer] I have to edit the documents they send. The installation asks for an administrator. Could you install it, or is there another program that I should use?',
    steps: [
      agent(
        'We have a licence for one that does the same, it is in the Software Centre as of now for you. No administrator needed.',
      ),
      asker('Found and installed. Does what I need.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Order [order]: {delivery address cannot be changed|stuck in “released”}',
    priority: 'high',
    body: 'The customer called: order **[order]** must go to their new warehouse. The field is grey for me. The lorry leaves at {two|four}.',
    slots: { order: ['A-20417', 'A-20533', 'A-20688', 'A-20790', 'A-20912'] },
    steps: [
      raise('urgent'),
      agent(
        'Changed directly in the system, the delivery note is printed anew in dispatch. Please tell the customer that it is on its way.',
      ),
      asker('Done. That was close.'),
      raise('high'),
      note(
        'The field is locked as soon as the note is printed. That is right, but the message should say so.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title:
      'Training: {language course|negotiation seminar|first aid refresher} in [next month], who pays?',
    priority: 'low',
    body: 'My team lead and I agreed on the training in the yearly talk. Do I book it and hand in the bill, or do you?',
    files: ['course.pdf'],
    steps: [
      agent(
        'We book it, then it is easier with the tax. I need the agreement from your yearly talk, a sentence by mail from your team lead is enough.',
      ),
      move('waiting'),
      asker('The mail is on its way to you.'),
      agent('Booked. You will get the invitation from them directly.'),
      move('resolved'),
    ],
  },
]
