import { agent, asker, lead, move, note } from '../story.ts'
import type { Story } from '../story.ts'

export const payroll: readonly Story[] = [
  {
    team: 'payroll',
    title:
      'Payslip for [month]: {overtime is missing|commission is missing|travel allowance is missing}',
    priority: 'high',
    body: 'On my payslip for [month] an amount is missing that I had handed in on time (about [amount]). I attached the confirmation.',
    files: ['confirmation.pdf'],
    steps: [
      agent(
        'I am sorry. I see your entry, it was approved one day after the closing date. It will be paid with the next run; if you need it before, I can arrange an advance.',
      ),
      asker('No need for an advance. Thanks for looking so quickly.'),
      note(
        'Approval came late again from the same team lead, second time this quarter. Will talk to them.',
      ),
      agent('It is in the run of this month.'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Holiday balance {is two days short|does not match my own count}',
    body: 'According to the system I have [days] days left, by my count it should be two more. I was ill for two days during my leave in [month] and sent the certificate.',
    slots: { days: ['9', '11', '13.5', '16'] },
    steps: [
      agent(
        'You are right, the certificate is filed but was not linked to the leave. May I ask for the exact dates?',
      ),
      move('waiting'),
      asker('Monday and Tuesday of the second week.'),
      agent('Corrected: the two days are back on your account.'),
      asker('I see them. Thank you.'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'New bank account from [next month] on',
    body: 'I have changed my bank. The form is filled in and signed, please find it attached. Does it still make it into the run for [next month]?',
    files: ['bank-form.pdf'],
    steps: [
      note('Called back on the known number to confirm, as always with bank changes.'),
      agent(
        'Thanks for confirming on the phone. It is stored and valid for the run of [next month].',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Expenses for the {trade fair|customer visit} in [city]: receipt rejected',
    body: 'My expense report for [city] came back with “receipt not legible”. I photographed it again, see attachment. The hotel is paid by my own card, so I would be glad to get it soon.',
    files: ['receipt.png', 'expenses.csv'],
    slots: { city: ['Hamburg', 'Milan', 'Lyon', 'Gothenburg', 'Manchester', 'Kraków'] },
    steps: [
      agent(
        'Now everything can be read, thank you. One question: the dinner on the second day is for three people. Who were the other two? The tax office wants names.',
      ),
      move('waiting'),
      asker('Two people of [customer], names are on the second page of the report now.'),
      agent('Approved, the money goes out on [day].'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Certificate of {employment|earnings} for {my landlord|the bank|the visa office}',
    priority: 'low',
    body: 'I need a certificate, in English if possible, by [day]. Only the employment and that it is permanent, no salary if that can be avoided.',
    steps: [
      agent('Here it is, signed. Without salary, as you asked.', 'certificate.pdf'),
      asker('Exactly what I needed, thank you.'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Time sheet: clocked {in|out} twice on [day]',
    priority: 'low',
    body: 'I pressed the wrong button at the terminal. Could you remove the second entry of [day]? It shows me as absent for the afternoon.',
    steps: [agent('Removed. Your day has 8 h 12 min now.'), move('resolved')],
  },
  {
    team: 'payroll',
    title: 'Parental leave from [next month]: {which papers do you need?|how do I apply?}',
    body: 'Our second child is due in [next month]. I would like to take {two|three|five} months, two of them part-time. What do you need from me, and by when?\n\nPlease keep this to yourself for now, my team does not know yet.',
    steps: [
      agent(
        'Congratulations! What we need:\n\n1. the application, seven weeks before it begins (form attached)\n2. a copy of the birth certificate, as soon as you have it\n3. for the part-time months, the days you would like to work\n\nNobody but me and the head of HR sees this.',
        'application.pdf',
      ),
      asker('Thank you! I will hand in the form by the end of the month.'),
      note('Form received. Part-time on Tuesday to Thursday, agreed with HR.'),
      agent(
        'All complete, you will get the confirmation by post. All the best to the four of you.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Company bike: deduction is {higher than agreed|taken twice} in [month]',
    body: 'The deduction for my company bike is [amount] in [month]; the contract says half of that. I attached both.',
    files: ['bike-contract.pdf', 'payslip.pdf'],
    steps: [
      agent(
        'The leasing company sent the first instalment twice. I have it corrected in the next run and asked them for a credit note.',
      ),
      asker('Fine with me.'),
      move('waiting'),
      agent('Credit note is here and the correction is booked.'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Commission plan: how is the [customer] deal split between {two regions|two of us}?',
    priority: 'high',
    body: 'The deal with **[customer]** was won by two of us. The plan says that such deals are split, but not how. My suggestion is 60 : 40, as I did the tender and my colleague the visits.',
    steps: [
      agent(
        'The plan leaves this to your team lead. I have asked for a decision in writing, so that there is no doubt at the end of the year.',
      ),
      lead('They agreed on 60 : 40. The mail is in the personnel file.'),
      agent('Decided as you suggested, 60 : 40, and booked for this quarter.'),
      asker('Thank you for sorting this out so calmly.'),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    title: 'Tax class {changed|is wrong on the payslip} since [month]',
    body: 'We got married in [month] and my tax class has changed. On the payslip it is still the old one.',
    steps: [
      agent(
        'Congratulations! The tax office sends us the new class electronically, usually four weeks later. It will then be applied backwards, nothing is lost.',
      ),
      move('waiting'),
      agent(
        'The new class has arrived and is used from this run on, with the difference for the past months.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'payroll',
    own: true,
    title: 'Month end [month]: checklist',
    body: '- [ ] time sheets closed by team leads\n- [ ] commission figures from the CRM\n- [ ] starters and leavers\n- [ ] trial run\n- [ ] bank file, signed by two people',
    steps: [
      agent('Time sheets are closed; two teams needed a reminder.'),
      note('Commission figures came with the wrong period, asked systems for a new export.'),
      agent('New export is right. Trial run without surprises.', 'trial-run.csv'),
      lead('Signed.'),
      move('resolved'),
    ],
  },
]
