import { agent, asker, colleague, lead, move, note, raise } from '../story.ts'
import type { Story } from '../story.ts'

export const office: readonly Story[] = [
  {
    team: 'office',
    title: 'Heating in [room] {does not get warm|is stuck at full power}',
    body: 'It is [degrees] °C in [room] and the thermostat makes no difference at all. We have moved our meetings for now.',
    slots: { degrees: ['15', '16', '27', '28', '29'] },
    steps: [
      agent(
        'Sorry about that. The valve on that side has been replaced once already. I have called the heating company, they come {tomorrow between eight and ten|on [day] morning}.',
      ),
      move('waiting'),
      note('Reported to the landlord too; if it is the valve again they pay.'),
      agent('The actuator was broken, a new one is in. Please give it half a day.'),
      asker('21 degrees. Bliss.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Projector in [room] shows a {pink|green|yellow} tint',
    priority: 'low',
    body: 'Everything on the projector in [room] has a colour cast, with every laptop. A photo is attached. Customers visit on [day], it would be good to have it fixed by then.',
    files: ['projector.png'],
    steps: [
      agent('The lamp is at its end (2,900 hours). A new one arrives before your visit.'),
      note(
        'Lamp ordered. At the next failure we replace it with a screen, quote attached.',
        'quote-screen.pdf',
      ),
      agent('New lamp is in, white is white again.'),
      asker('Looks very good, thank you.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Access card does not open {the side entrance|the car park|the third floor}',
    body: 'My card beeps twice and stays red. The main entrance works. It worked {last week|before the weekend}.',
    steps: [
      agent(
        'The rights of your card ended with the quarter, they are extended by team lead and yours was missed. It is set again; please hold the card to the reader at the main entrance once, that is where it learns.',
      ),
      asker('Open sesame. Thank you.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Coffee machine on the {first|second|third} floor: {error 17|leaks|only hot water}',
    body: 'The machine {shows an error and beeps|does what it wants}. Morale is low. Photo attached as evidence.',
    files: ['coffee.png'],
    steps: [
      raise('high'),
      agent(
        'Understood, this is serious. The service is informed and comes today. Until then the machine one floor up is yours.',
      ),
      colleague('They run out of oat milk up there already.'),
      agent('Repaired: the brewing unit was blocked. A free round for everyone until Friday.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Desk [desk]: {standing desk does not move|the desk is stuck in the upper position}',
    priority: 'low',
    body: 'The motor hums, the desk does not move. The display says `E07`. Unplugging for a minute did not change anything.',
    steps: [
      agent(
        'E07 is easily mended: press and hold the *down* button for ten seconds, until it says `RST`. Let go, press *down* again until it has reached the lowest point.',
      ),
      asker('It works again! I had no idea.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Parking space for {a visitor|three visitors} from [customer] on [day]',
    priority: 'low',
    body: 'Guests of **[customer]** come on [day] from nine to four. Could we reserve places near the entrance? One of them needs the accessible one.',
    steps: [
      agent(
        'Reserved: spaces 2 to 4, with signs. The barrier opens for their number plates if you send them to me by the day before.',
      ),
      move('waiting'),
      asker('BW 2207 K and HX 51 TFL, the third comes by train after all.'),
      agent('Both plates are in. Have a good visit.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Water stain on the ceiling above desk [desk]',
    priority: 'high',
    body: 'There is a stain above desk [desk] that has grown since [day]. It is about the size of a plate now, and it is damp.',
    files: ['ceiling.png'],
    steps: [
      agent(
        'Thank you for telling us at once. Please move to desk 3.18 for now, I will bring your things over. The plumber is on the way.',
      ),
      note(
        'Leak in the tea kitchen above, water switched off there. Landlord’s insurance informed, reference in the attached letter.',
        'insurance.pdf',
      ),
      lead('Please check the cable duct below as well before anyone plugs something in.'),
      agent(
        'The pipe is repaired and the ceiling is drying. Painting will take another two weeks, you can move back meanwhile if you like.',
      ),
      asker('I rather like it at 3.18, can I stay?'),
      agent('You can. I have changed the plan of the floor.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title:
      'Order: {whiteboard markers and flip-chart paper|ergonomic mice|noise-absorbing panels} for [room]',
    priority: 'low',
    body: 'For the workshop week in [next month] we need more material in [room]. Cost centre 4120, approved by my team lead.',
    steps: [
      agent('Ordered, delivery in {three|five} working days.'),
      agent('Everything is in the cupboard of the room.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Lights in [room] {stay on all night|switch off during meetings}',
    body: 'The light in [room] {stays on when everyone has left|switches off after ten minutes, also when we sit there}. Waving helps, but not for long.',
    steps: [
      agent(
        'The sensor there looks at the door and not at the table. The electrician will turn it on [day].',
      ),
      move('waiting'),
      agent('Turned, and the time is set to 20 minutes. Please tell me if it still happens.'),
      asker('No more waving.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title: 'Fire drill on [day]: {meeting point was not clear|alarm not audible in [room]}',
    priority: 'high',
    body: 'At the drill on [day] the people in [room] did not hear the alarm and came out only when a colleague fetched them. I think someone should look at this.',
    steps: [
      colleague('Same for us next door. We heard a faint hum and took it for the ventilation.'),
      agent(
        'Thank you both, that is exactly what drills are for. The siren on that corridor is being measured this week.',
      ),
      note('58 dB measured, 65 are required. Siren to be replaced, safety officer informed.'),
      agent('A second siren was installed and tested: 78 dB in all rooms of the corridor.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    title:
      'Lost: {grey scarf|umbrella with wooden handle|set of keys with a red tag}, probably in [room]',
    priority: 'low',
    body: 'I think I left it in [room] on [day]. Has anyone handed it in?',
    steps: [
      agent('It is at the front desk, in the box.'),
      asker('Picked it up. Thanks to whoever found it.'),
      move('resolved'),
    ],
  },
  {
    team: 'office',
    own: true,
    title: 'Cleaning contract: {renewal|new quotes} for the coming year',
    body: 'The contract ends in three months. Points from the last survey:\n\n- kitchens in the afternoon as well\n- no strong smell in the meeting rooms\n- carpets twice a year\n\nThree quotes, please.',
    files: ['current-contract.pdf'],
    steps: [
      agent('First two quotes are in, the third follows next week.', 'quotes.csv'),
      lead('The second one looks good. Please ask for a trial month.'),
      note('Trial month agreed, starts on the first.'),
      move('waiting'),
      agent('Trial went well, contract signed.'),
      move('resolved'),
    ],
  },
]
