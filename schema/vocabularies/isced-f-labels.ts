/**
 * Fields with a label of their own. The rest of the 220 EU concepts ("not further defined", "not elsewhere
 * classified", "inter-disciplinary") get theirs by rule.
 */
const LABELS = `
00 Generic programmes and qualifications
001 Basic programmes and qualifications
0011 Basic programmes and qualifications
002 Literacy and numeracy
0021 Literacy and numeracy
003 Personal skills and development
0031 Personal skills and development
01 Education
011 Education
0111 Education science
0112 Training for pre-school teachers
0113 Teacher training without subject specialisation
0114 Teacher training with subject specialisation
02 Arts and humanities
021 Arts
0211 Audio-visual techniques and media production
0212 Fashion, interior and industrial design
0213 Fine arts
0214 Handicrafts
0215 Music and performing arts
022 Humanities (except languages)
0221 Religion and theology
0222 History and archaeology
0223 Philosophy and ethics
0228 Inter-disciplinary programmes and qualifications involving humanities
023 Languages
0231 Language acquisition
0232 Literature and linguistics
03 Social sciences, journalism and information
031 Social and behavioural sciences
0311 Economics
0312 Political sciences and civics
0313 Psychology
0314 Sociology and cultural studies
032 Journalism and information
0321 Journalism and reporting
0322 Library, information and archival studies
04 Business, administration and law
041 Business and administration
0411 Accounting and taxation
0412 Finance, banking and insurance
0413 Management and administration
0414 Marketing and advertising
0415 Secretarial and office work
0416 Wholesale and retail sales
0417 Work skills
042 Law
0421 Law
05 Natural sciences, mathematics and statistics
051 Biological and related sciences
0511 Biology
0512 Biochemistry
052 Environment
0521 Environmental sciences
0522 Natural environments and wildlife
053 Physical sciences
0531 Chemistry
0532 Earth sciences
0533 Physics
054 Mathematics and statistics
0541 Mathematics
0542 Statistics
06 Information and Communication Technologies (ICTs)
061 Information and Communication Technologies (ICTs)
0611 Computer use
0612 Database and network design and administration
0613 Software and applications development and analysis
0619 Information and communication technologies not elsewhere classified
07 Engineering, manufacturing and construction
071 Engineering and engineering trades
0711 Chemical engineering and processes
0712 Environmental protection technology
0713 Electricity and energy
0714 Electronics and automation
0715 Mechanics and metal trades
0716 Motor vehicles, ships and aircraft
072 Manufacturing and processing
0721 Food processing
0722 Materials (glass, paper, plastic and wood)
0723 Textiles (clothes, footwear and leather)
0724 Mining and extraction
073 Architecture and construction
0731 Architecture and town planning
0732 Building and civil engineering
08 Agriculture, forestry, fisheries and veterinary
081 Agriculture
0811 Crop and livestock production
0812 Horticulture
082 Forestry
0821 Forestry
083 Fisheries
0831 Fisheries
084 Veterinary
0841 Veterinary
09 Health and welfare
091 Health
0911 Dental studies
0912 Medicine
0913 Nursing and midwifery
0914 Medical diagnostic and treatment technology
0915 Therapy and rehabilitation
0916 Pharmacy
0917 Traditional and complementary medicine and therapy
092 Welfare
0921 Care of the elderly and of disabled adults
0922 Child care and youth services
0923 Social work and counselling
10 Services
101 Personal services
1011 Domestic services
1012 Hair and beauty services
1013 Hotel, restaurants and catering
1014 Sports
1015 Travel, tourism and leisure
102 Hygiene and occupational health services
1021 Community sanitation
1022 Occupational health and safety
103 Security services
1031 Military and defence
1032 Protection of persons and property
104 Transport services
1041 Transport services
99 Field unknown
999 Field unknown
9999 Field unknown
`;

/** `0710`: the narrow (or broad) field, not further defined. */
const NOT_FURTHER_DEFINED =
  '000 0000 0110 020 0200 0210 0220 0230 030 0300 0310 0320 040 0400 0410 050 0500 0510 0520 0530 0540 0610 070 0700 0710 0720 0730 080 0800 0810 090 0900 0910 0920 100 1000 1010 1020 1030'.split(
    ' ',
  );
/** `0719`: what of the narrow (or broad) field stands nowhere else. */
const NOT_ELSEWHERE =
  '009 0099 0119 0219 0229 0239 029 0299 0319 0329 039 0399 0419 049 0499 0519 0529 0539 059 0599 0719 0729 079 0799 0819 089 0899 0919 0929 099 0999 1019 1029 1039 109 1099'.split(
    ' ',
  );
/** `0788`: across fields, mainly in this broad one. */
const INTER_DISCIPLINARY =
  '018 0188 028 0288 038 0388 048 0488 058 0588 068 0688 078 0788 088 0888 098 0988 108 1088'.split(' ');

/** English labels of all 220 concepts (UNESCO-UIS, ISCED Fields of Education and Training 2013), in code order. */
export function iscedLabels(): ReadonlyMap<string, string> {
  const labels = new Map(
    LABELS.trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  );
  const above = (code: string): string => {
    const parent = code.slice(0, -1);
    return (
      labels.get(parent.length === 3 && !parent.endsWith('0') && !parent.endsWith('9') ? parent : code.slice(0, 2)) ??
      ''
    );
  };
  for (const code of NOT_FURTHER_DEFINED) labels.set(code, `${above(code)} not further defined`);
  for (const code of NOT_ELSEWHERE) labels.set(code, `${above(code)} not elsewhere classified`);
  for (const code of INTER_DISCIPLINARY) {
    const broad = labels.get(code.slice(0, 2)) ?? '';
    const words = code.startsWith('06') ? broad : broad.toLowerCase();
    labels.set(code, `Inter-disciplinary programmes and qualifications involving ${words}`);
  }
  return new Map([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
}
