import { agent, asker, colleague, lead, move, note, raise } from '../story.ts'
import type { Story } from '../story.ts'

export const systems: readonly Story[] = [
  {
    team: 'systems',
    title: 'CRM: discount over 15 % is not {saved|kept} in offers for [customer]',
    priority: 'high',
    body: 'When I enter a discount of more than 15 % in an offer for **[customer]** and save, it goes back to 15 %. Their framework contract allows 18 %, so this should be possible.\n\nSteps:\n\n1. Open the offer, tab *Conditions*\n2. Enter 18, save\n3. Reload: 15 again\n\nNo error message is shown.',
    files: ['offer-conditions.png'],
    steps: [
      agent(
        'I can reproduce it. The limit of your role is 15 %, and the form hides the refusal instead of showing it; that second part is a bug. For the first: does the framework contract have an end date?',
      ),
      asker(
        'Yes, it runs until the end of next year. [colleague] in contracts has the signed version.',
      ),
      colleague('Confirmed, clause 4.2: 18 % on all office furniture.', 'framework-contract.pdf'),
      agent(
        'I have stored the 18 % at the customer, so it now applies to every offer for them without anybody typing it. The silent refusal is reported to the vendor.',
      ),
      asker('Works, thanks. The customer has the offer.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'CRM is {extremely slow|crawling} since {this morning|[day]}',
    priority: 'urgent',
    body: 'Opening a customer takes 20 to 30 seconds. Everyone in our team sees it, here and at home. Other web pages are fine.',
    steps: [
      agent('I see it too. Looking at it right now, next news within the hour.'),
      note(
        'Nightly export from the price list still running, holds locks on `customer_price`. 6 h instead of 20 min.',
      ),
      lead('Kill it. We can live with yesterday’s prices for a day.'),
      agent(
        'Found it: an export that normally ends at night was still running and held everyone up. It is stopped, and customers open in about a second again. Prices from yesterday are {shown|used} until tonight.',
      ),
      asker('Confirmed, fast again.'),
      note('Export now has a time limit of one hour and tells us when it hits it.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Duplicate customer: [customer] exists {twice|three times} in the CRM',
    priority: 'low',
    body: '**[customer]** is in the CRM more than once, with different addresses and contact people. Orders are spread over them, so the yearly bonus comes out wrong. Could they be merged? The one with the newer address is right.',
    files: ['duplicates.csv'],
    steps: [
      agent(
        'Yes. Before I merge: the records have different payment terms (14 and 30 days). Which of them is right?',
      ),
      move('waiting'),
      asker('30 days, since the contract of last autumn.'),
      agent(
        'Merged, with 30 days. All orders and contacts are on one record now; the bonus report will be right from tomorrow.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Access to the shared folder “[folder]” for {my team|two colleagues}',
    body: 'Could we get access to **[folder]**? Reading is enough for most of us, I would need to write as well.\n\nOwner of the folder is, as far as I know, the finance team.',
    slots: {
      folder: [
        'Price lists',
        'Tenders',
        'Trade fair',
        'Key accounts',
        'Product photos',
        'Contracts archive',
      ],
    },
    steps: [
      note('Asked the folder’s owner for approval.'),
      agent(
        'I have asked the owner, that is needed for this folder. I will come back to you as soon as I hear.',
      ),
      move('waiting'),
      asker('They told me in the canteen that it is fine.'),
      agent(
        'And now I have it in writing. Access is set: reading for the team, writing for you. It may take a sign-out and sign-in until it shows.',
      ),
      asker('Visible now, thank you.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Report “[report]” shows {wrong|different} totals {since|after} the month end',
    body: 'The totals of **[report]** do not match the sum of the rows. For [month] it is off by [amount]. I attached the export with the rows that I think are missing.',
    files: ['export.csv'],
    slots: {
      report: ['Sales by region', 'Open orders', 'Commission overview', 'Margin per product group'],
    },
    steps: [
      agent(
        'Thank you for the export, with that it is easy to see: credit notes booked on the last day after 18:00 are counted in the next month. I am looking into whether that is intended.',
      ),
      lead(
        'It was, until the fiscal calendar changed in spring. Should follow the booking date now.',
      ),
      agent('The report now follows the booking date. Please have a look at [month] again.'),
      move('waiting'),
      asker('Adds up to the cent.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Online shop: {customers cannot pay by card|card payments fail}',
    priority: 'urgent',
    body: '[customer] called: paying by card in the shop ends with “Something went wrong”. I tried it myself with the test card and got the same. Invoice still works.',
    files: ['checkout-error.png'],
    steps: [
      agent(
        'Confirmed. The payment provider reports a disturbance as well; we are on the phone with them.',
      ),
      note('Provider: certificate of their gateway expired at 09:00. They are on it.'),
      agent('I have put a notice into the checkout that recommends paying by invoice for now.'),
      colleague('Two more customers called. The notice helps, both chose invoice.'),
      agent(
        'The provider has fixed it. Three test payments went through, the notice is gone. No order was lost: the carts are kept.',
      ),
      raise('medium'),
      note('Added a check of the certificate’s end date to monitoring, for all external services.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Mailing list {all-sales|offers-dach|service-team}: please add a colleague',
    priority: 'low',
    body: 'Please add [colleague] to the list. They took over the region on the first and miss all the news.',
    steps: [
      agent(
        'Added. They will get everything from now on; older messages are in the archive of the list.',
      ),
      asker('Thank you!'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Restore a deleted {spreadsheet|presentation} from the team drive',
    priority: 'high',
    body: 'I deleted the wrong file: `Tender [customer] final v7.xlsx` in *Tenders*. It is not in the bin any more. The deadline is [day]. Is there a backup?',
    steps: [
      agent('There is one from each night. Do you remember roughly when you last saved it?'),
      asker('Yesterday, about four in the afternoon.'),
      agent(
        'I have put last night’s version next to where it was, with “restored” in its name. Please check that your last changes are in there.',
      ),
      asker('Everything is there. You have saved the tender. And my evening.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'CRM app on the phone does not {sync|load} visits from {last week|[day]}',
    body: 'I wrote down four visits on the road, without network. Back in the office they show up on my phone but not in the CRM. There is a small orange cloud next to them.',
    files: ['app.png'],
    steps: [
      agent(
        'The orange cloud means that they wait to be sent. Please open one of the visits: is there a line in red below the customer?',
      ),
      asker('Yes: “contact is not active”.'),
      agent(
        'That is it: the contact left the company and was set to inactive meanwhile, and the app then refuses all four. I have set the contact to active until tonight, please pull down the list once.',
      ),
      asker('All four are through.'),
      note(
        'Suggest to the vendor: one refused visit must not hold up the others. Their ticket is 88-1204.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Firewall change: supplier portal of [customer] is blocked',
    body: 'Since [day] the supplier portal of [customer] cannot be reached from the office. From my private phone it works. We have to upload delivery notes there {every day|twice a week}.\n\n~~~\nERR_CONNECTION_TIMED_OUT\n~~~',
    steps: [
      agent(
        'They have moved to a new provider, and its network is on a block list that we subscribe to. I am asking the list for removal, and have made an exception for this one address.',
      ),
      move('waiting'),
      asker('Works again from my desk.'),
      move('resolved'),
      agent('The block list has removed the entry; the exception is gone, you should not notice.'),
      move('closed'),
    ],
  },
  {
    team: 'systems',
    own: true,
    title: 'Renew the certificate for {shop|crm|files}.brightwater.example',
    body: 'Expires in three weeks. The automatic renewal covers everything but this host, because it is behind the old load balancer.\n\n- [ ] order\n- [ ] install on both nodes\n- [ ] check the chain from outside\n- [ ] move the host to automatic renewal',
    steps: [
      note('Ordered, validation by DNS.'),
      agent('Installed on both nodes and checked from outside.'),
      lead('And the last point of the list? Otherwise we meet here again in a year.'),
      agent(
        'Moved to automatic renewal; first renewal will be in 60 days, I have a reminder for it.',
      ),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    own: true,
    title:
      'Move the file server to the new storage, {finance|sales|marketing} share, including the access rights that have grown over the years and that nobody dares to touch',
    body: 'Part of the storage project. Planned for a Saturday morning, read-only from 06:00, done by noon.\n\n| step | who | when |\n|---|---|---|\n| copy | systems | the week before |\n| rights | systems, owner of the share | Thursday |\n| switch | systems | Saturday |',
    files: ['rights.csv'],
    steps: [
      lead('Please tell the owners of the folders a week ahead, not on the Friday.'),
      agent('Announced. First copy is through (1.4 TB), daily differences take eleven minutes.'),
      note(
        '312 entries of people who left. Cleaned up together with the owner, list attached.',
        'rights-after.csv',
      ),
      agent('Switched over without incident. Old storage stays read-only for 30 days.'),
      move('resolved'),
    ],
  },
  {
    team: 'systems',
    title: 'Two-factor code is {rejected|always wrong} on the new phone',
    priority: 'high',
    body: 'I set up the authenticator on my new phone yesterday. The codes it shows are rejected, and on the old phone I have removed the app already.',
    steps: [
      agent(
        'Is the clock of the phone set by hand? The codes depend on it to within half a minute.',
      ),
      asker('It was four minutes ahead. I set it to automatic: works.'),
      agent('Good. Please also print the recovery codes once, under *Security* in your profile.'),
      move('resolved'),
    ],
  },
]
