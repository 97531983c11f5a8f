/** English and Irish course texts of the two fictitious providers in the Atlantic feed. */
export const irish = `
= cloud-foundations | 0613 | 5 | 5 | Cloud Foundations for Career Changers
Evening classes that take participants from files on a laptop to a small service in the cloud.
- Explain the main service models and what each costs
- Deploy and monitor a small web application
- Secure access with roles and keys
= dairy-emissions | 0811 | 10 | 7 | Reducing Emissions on Dairy Farms
A part-time certificate for advisers, with six farm walks.
- Calculate a farm carbon footprint with an accepted tool
- Rank mitigation measures by cost and effect
- Advise a farm family on a ten-year plan
= medical-device-quality | 0711 | 10 | 6 | Quality Systems for Medical Devices
Taught with manufacturers in the west of Ireland.
- Interpret the Medical Device Regulation for a product family
- Plan and report an internal audit
= early-years-inclusion | 0112 | 5 | 6 | Inclusion in Early Years Settings
Practical strategies for children with additional needs and their families.
- Adapt play and routines for a child's strengths
- Work with parents and therapists as partners
= wind-farm-community | 0522 | 5 | 7 | Community Engagement for Wind Energy
How developers and neighbours can plan together, honestly and early.
- Design an engagement process with clear limits
- Handle conflict and complaints fairly
= payroll-essentials | 0411 | 5 | 5 | Payroll Essentials
Weekly payroll from start to finish, with common mistakes explained.
- Process pay, tax and leave for a small employer
- Reconcile a payroll and correct errors
= gaeilge-gno | 0231 | 5 | 5 | Gaeilge Ghnó: scríbhneoireacht san ionad oibre
Cúrsa praiticiúil do dhaoine a scríobhann ríomhphoist, tuairiscí agus fógraí trí Ghaeilge.
- Scríobh ríomhphoist agus litreacha soiléire i nGaeilge chruinn
- Cuir téacs in eagar agus ceartaigh botúin choitianta
@lang ga
@en Business Irish: writing in the workplace
= muinteoireacht-gaeltacht | 0113 | 10 | 7 | Múinteoireacht trí Ghaeilge sa bhunscoil
Do mhúinteoirí i scoileanna Gaeltachta agus i nGaelscoileanna.
- Pleanáil ceacht a chomhtháthaíonn teanga agus ábhar
- Déan measúnú ar scileanna teanga na bpáistí
@lang ga
@en Teaching through Irish in primary school
= turasoireacht-oidhreacht | 1015 | 5 | 6 | Turasóireacht oidhreachta ar na hoileáin
Foghlaim conas scéal na háite a insint do chuairteoirí ar bhealach inbhuanaithe.
- Deartha turas treoraithe bunaithe ar oidhreacht áitiúil
- Measúnaigh tionchar na turasóireachta ar an bpobal
@lang ga
@en Heritage tourism on the islands
= dementia-friendly | 0923 | 5 | 5 | Dementia-Friendly Communities
For librarians, shop staff, bus drivers and everyone who meets the public.
- Recognise how dementia changes perception and communication
- Plan one change in your own workplace
= data-protection-officer | 0421 | 10 | 8 | Data Protection Officer: Advanced Practice
Case clinics on transfers, profiling and enforcement for working officers.
- Advise on international transfers
- Lead an investigation into a serious breach
= seaweed-enterprise | 0831 | 5 | 6 | Seaweed Enterprise
From licensing to harvest to product, with a week on the coast of Clare.
- Assess a site for cultivation
- Draft a licence application and a business plan
= retrofit-coordinator | 0732 | 10 | 6 | Retrofit Coordination
Coordinate assessments, trades and grants for whole-house retrofits.
- Survey a dwelling and model improvement options
- Manage moisture and ventilation risks
- Hand over a home so that people can use it
= ai-assessment-teaching | 0111 | 5 | 8 | Assessment in the Age of Generative AI
Lecturers redesign one assessment and publish what they learned.
- Evaluate the vulnerability of an assessment task
- Design an assessment that makes reasoning visible
= food-innovation | 0721 | 5 | 6 | Food Product Innovation
Bring an idea; leave with a tested prototype and a label.
- Run a sensory panel
- Prepare compliant labelling and shelf-life evidence
= supply-chain-analytics | 0413 | 10 | 7 | Supply Chain Analytics
Forecasting and inventory with real, messy data.
- Build and judge a demand forecast
- Simulate stock policies
= peer-support-worker | 0923 | 10 | 6 | Peer Support Work in Mental Health
Learn to use lived experience safely and professionally.
- Build mutual relationships with clear boundaries
- Contribute to recovery planning in a team
= horticulture-urban | 0812 | 5 | 4 | Urban Horticulture
Raised beds, composting and community growing.
- Plan a year of planting for a small plot
- Identify common pests and respond without chemicals
`;

export const scottish = `
= subsea-inspection | 0714 | - | 5 | Subsea Inspection with Remotely Operated Vehicles
Simulator practice and two days on the water.
- Pilot a vehicle along a planned inspection route
- Report anomalies with usable images
@scqf 15/8
= gaelic-broadcast | 0321 | - | 6 | Media Skills for Community Radio
Make, edit and schedule a weekly programme.
- Produce a fifteen-minute feature
- Apply broadcasting law and consent
@scqf 10/9
= peatland-restoration | 0522 | - | 6 | Peatland Restoration in Practice
Field days on damaged and recovering bogs.
- Survey peat depth and vegetation
- Specify and cost restoration works
@scqf 20/10
= whisky-process | 0721 | - | 4 | Distillery Operations
Malting to maturation for new production staff.
- Operate mashing and fermentation stages safely
- Keep process and excise records
@scqf 12/6
= care-medication | 0913 | - | 4 | Supporting People with Medication
For support staff in care homes and at home.
- Assist with medication according to a care plan
- Record and report errors
@scqf 6/6
= cyber-first-responder | 0612 | - | 5 | Cyber Incident First Responder
What to do, and what to leave alone, in the first four hours.
- Preserve evidence while limiting damage
- Brief managers in plain language
@scqf 10/8
= rural-tourism-digital | 0414 | - | 5 | Digital Marketing for Rural Tourism
Photographs, bookings and reviews for small hosts.
- Build a simple booking page
- Plan a season of content
@scqf 8/7
= trauma-informed | 0923 | - | 6 | Trauma-Informed Practice
An introduction for housing, justice and youth workers.
- Recognise the effects of trauma on behaviour
- Adjust services to avoid harm
@scqf 10/9
= heat-network | 0713 | - | 6 | Designing Heat Networks
From heat mapping to tariff.
- Size a small heat network
- Compare low-carbon heat sources
@scqf 15/10
= childminding-start | 0112 | - | 4 | Starting as a Childminder
Care, learning and the paperwork of a small setting.
- Plan play that follows children's interests
- Keep safe and accurate records
@scqf 6/6
= bookkeeping-cloud | 0411 | - | 4 | Cloud Bookkeeping for Sole Traders
Set up, post and reconcile a year in eight evenings.
- Reconcile bank feeds
- Prepare figures for a tax return
@scqf 8/6
= forest-machine | 0821 | - | 4 | Forest Machine Operation
Simulator first, then the forest.
- Operate a forwarder safely on slopes
- Carry out daily maintenance
@scqf 12/6
= teaching-online | 0111 | - | 7 | Teaching Online with Confidence
Design one online unit and teach it to your peers.
- Design activity before content
- Give feedback that learners act on
@scqf 20/11
= genealogy-methods | 0222 | - | - | Family History: Sources and Methods
Read old hands, question family stories, keep proper references.
- Search and cite archival sources
- Weigh conflicting evidence
@scqf 15/7
`;
