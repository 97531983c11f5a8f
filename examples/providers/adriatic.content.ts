/** Croatian and Bulgarian course texts of the Example Skills Bridge (fictitious). */
export const croatian = `
= ui-ured | 0613 | 2 | 5 | Umjetna inteligencija u uredskom poslovanju
Polaznici uče kako sigurno i provjerljivo koristiti alate umjetne inteligencije u svakodnevnom radu.
- oblikuje jasne upute i provjerava točnost odgovora
- prepoznaje povjerljive podatke koji se ne smiju unositi
@en Artificial intelligence in office work
@into kiber-obrt
= njega-starijih | 0921 | 4 | 3 | Njega starijih osoba u kući
Praktične vježbe uz mentorstvo medicinske sestre.
- pomaže pri kretanju i osobnoj higijeni
- uočava promjene zdravstvenog stanja
= solarne-elektrane | 0713 | 5 | 4 | Montaža sunčanih elektrana
Radionica na vježbovnom krovu i izrada dokumentacije.
- montira i spaja module prema uputama
- provodi mjerenja prije puštanja u pogon
= kiber-obrt | 0612 | 3 | 5 | Kibernetička sigurnost za obrtnike
Tri radionice i simulacija napada.
- izrađuje popis digitalne imovine
- postavlja sigurnosne kopije
= maslinarstvo | 0811 | 4 | 4 | Maslinarstvo i uljarstvo
Od rezidbe do kušanja ulja, kroz jednu sezonu.
- planira rezidbu i zaštitu
- prepoznaje mane maslinova ulja
= seoski-turizam | 1015 | 3 | 4 | Razvoj ponude seoskog turizma
Priča, hrana i smještaj kao cjelina.
- oblikuje cjelovito iskustvo za goste
- izračunava cijenu ponude
= knjigovodstvo-osnove | 0411 | 4 | 4 | Osnove knjigovodstva
Jedno poslovno razdoblje male tvrtke od početka do kraja.
- knjiži ulazne i izlazne račune
- priprema prijavu poreza na dodanu vrijednost
= odgojitelj-priroda | 0112 | 3 | 6 | Boravak u prirodi u dječjem vrtiću
Igra, rizik i učenje u svakom godišnjem dobu.
- planira aktivnosti na otvorenom
- procjenjuje rizike zajedno s djecom
= zavarivanje-rel | 0715 | 5 | 3 | Ručno elektrolučno zavarivanje
Svakodnevni rad u radionici uz završni ispit.
- zavaruje kutne spojeve u više položaja
- priprema rubove i kontrolira zavar
= hrvatski-za-rad | 0231 | 4 | - | Hrvatski jezik za rad u ugostiteljstvu (A2)
Narudžbe, alergeni i razgovor s gostima.
- razumije upute u kuhinji i sali
- odgovara na pitanja gostiju
= zastita-podataka-skola | 0421 | 1 | 6 | Zaštita osobnih podataka u školi
Fotografije, e-dnevnik i prava učenika.
- utvrđuje pravnu osnovu obrade
- odgovara na zahtjev roditelja
= lucka-logistika | 1041 | 4 | 5 | Lučka logistika i špedicija
Dokumenti, carina i digitalni sustavi luke.
- priprema prijevozne isprave
- planira prekrcaj tereta
= more-zastita | 0522 | 4 | 7 | Zaštita morskih staništa
Terenska nastava, kartiranje i suradnja s ribarima.
- kartira staništa posidonije
- predlaže mjere upravljanja
= mentalno-zdravlje-mladi | 0923 | 2 | 6 | Mentalno zdravlje mladih: prepoznati i podržati
Za nastavnike, trenere i djelatnike klubova mladih.
- prepoznaje rane znakove teškoća
- vodi podržavajući razgovor
= obnova-energetska | 0732 | 6 | 6 | Energetska obnova višestambenih zgrada
Od snimke stanja do sufinanciranja.
- procjenjuje potrošnju i gubitke
- uspoređuje mjere prema trošku i uštedi
`;

export const bulgarian = `
= ii-biznes | 0613 | 3 | 6 | Изкуствен интелект за малкия бизнес
Участниците избират реална задача от своята фирма и проверяват дали изкуственият интелект помага.
- преценява кога даден проблем е подходящ за изкуствен интелект
- защитава данните на клиентите при работа с външни инструменти
@en Artificial intelligence for small business
= grizha-vazrastni | 0921 | 4 | 3 | Грижа за възрастни хора в домашна среда
Практическо обучение с наставник и посещения на място.
- подпомага безопасно движението и хигиената
- разпознава тревожни признаци
= solarni-instalacii | 0713 | 5 | 4 | Монтаж на фотоволтаични инсталации
Упражнения на учебен покрив и изготвяне на протоколи.
- монтира и свързва модули
- извършва измервания преди пускане
= kibersigurnost-obshtini | 0612 | 4 | 6 | Киберсигурност за общински служители
Реални случаи, учебна атака и план за действие.
- разпознава фишинг и социално инженерство
- участва в план за реакция при инциденти
= rozoproizvodstvo | 0811 | 4 | 5 | Биологично розопроизводство
Един сезон в розовата градина: от резитбата до дестилацията.
- планира растителна защита с разрешени средства
- оценява качеството на цвета
= schetovodstvo-nachalo | 0411 | 5 | 4 | Счетоводство за начинаещи
Пълен счетоводен цикъл на малко предприятие.
- осчетоводява първични документи
- подготвя справка-декларация за ДДС
= detska-gradina-ezik | 0112 | 3 | 6 | Българският език в многоезичната детска група
Игри, приказки и общуване със семейството.
- наблюдава езиковото развитие на детето
- подбира подходящи игри и приказки
= zavaryavane-mag | 0715 | 5 | 3 | Заваряване с топящ се електрод в защитна газова среда
Работа в цеха всеки ден и изпит пред комисия.
- изпълнява ъглови и челни шевове
- открива дефекти чрез външен оглед
= vinen-turizam | 1015 | 2 | 4 | Винен туризъм в Тракия
Как винарна, къща за гости и водач правят общ продукт.
- разработва дегустационен маршрут
- изчислява себестойност на преживяване
= balgarski-rabota | 0231 | 4 | - | Български език за работа (A2)
За чужденци, заети в производството и услугите.
- разбира указания за безопасност
- води прост разговор с колеги
= zashtita-lichni-danni | 0421 | 2 | 6 | Защита на личните данни в училищата
Дневници, снимки и камери: какво е позволено.
- определя основанието за обработване
- отговаря на искане за достъп
@into kibersigurnost-obshtini
= logistika-dunav | 1041 | 4 | 5 | Логистика по река Дунав
Пристанища, документи и комбинирани превози.
- организира превоз по вътрешни водни пътища
- подготвя товарни документи
= energiyna-efektivnost | 0732 | 6 | 6 | Енергийна ефективност на жилищни сгради
Обследване, мерки и финансиране на обновяването.
- изчислява топлинни загуби
- сравнява мерки по цена и ефект
= rehabilitator-insult | 0915 | 5 | 7 | Рехабилитация след инсулт в общността
Работа в екип около пациента и семейството.
- съставя индивидуална програма за движение
- проследява напредъка с утвърдени скали
= muzei-razkaz | 0222 | 2 | 6 | Разказване на истории в музея
Текстове, маршрути и събития за различни публики.
- пише ясни и кратки музейни текстове
- планира тематична обиколка
`;
