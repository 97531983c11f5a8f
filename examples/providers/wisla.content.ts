/** Polish course texts of the Przykładowa Akademia nad Wisłą (fictitious). */
export const polish = `
= ai-nauczyciel | 0111 | 2 | 7 | Sztuczna inteligencja w pracy nauczyciela
Uczestnicy projektują zadania, w których narzędzia AI wspierają myślenie, a nie je zastępują.
- ocenia wiarygodność treści wygenerowanych przez model językowy
- projektuje ocenianie odporne na bezrefleksyjne użycie AI
@en Artificial intelligence in a teacher's work
= opiekun-senior | 0921 | 4 | 3 | Opieka nad osobą starszą w domu
Praktyczne ćwiczenia z przemieszczania, żywienia i komunikacji.
- bezpiecznie pomaga w zmianie pozycji
- rozpoznaje objawy wymagające pomocy lekarskiej
= pompy-ciepla | 0713 | 5 | 4 | Montaż i serwis pomp ciepła
Zajęcia w pracowni z działającymi instalacjami różnych producentów.
- dobiera pompę ciepła do budynku
- uruchamia i reguluje instalację
- diagnozuje typowe usterki
= cyberbezpieczenstwo-gmina | 0612 | 4 | 6 | Cyberbezpieczeństwo w urzędzie gminy
Od higieny haseł do planu ciągłości działania.
- przeprowadza analizę ryzyka
- przygotowuje procedurę zgłaszania incydentów
= rodo-hr | 0421 | 2 | 6 | RODO w dziale kadr
Rekrutacja, akta pracownicze i monitoring w świetle przepisów.
- ustala podstawę prawną przetwarzania
- prowadzi rejestr czynności przetwarzania
@into cyberbezpieczenstwo-gmina
= ksiegowosc-start | 0411 | 6 | 4 | Księgowość od podstaw
Pełny rok obrotowy małej firmy w programie księgowym.
- dekretuje dokumenty
- sporządza deklarację VAT
- czyta bilans i rachunek wyników
= spawanie-mag | 0715 | 5 | 3 | Spawanie metodą MAG blach i rur
Kurs kończy się egzaminem praktycznym przed komisją.
- wykonuje spoiny pachwinowe i czołowe
- ocenia wizualnie jakość złącza
= magazyn-wms | 1041 | 3 | 4 | Magazynier-operator systemu WMS
Obsługa terminala, inwentaryzacja i bezpieczeństwo pracy.
- przyjmuje i wydaje towar w systemie
- przeprowadza inwentaryzację
= zlobek-adaptacja | 0112 | 3 | 5 | Adaptacja dziecka w żłobku
Bliskość, rytm dnia i współpraca z rodzicami.
- planuje adaptację z uwzględnieniem potrzeb dziecka
- prowadzi rozmowę z rodzicem
= rolnictwo-regeneracyjne | 0811 | 4 | 6 | Rolnictwo regeneratywne w praktyce
Warsztaty polowe w trzech gospodarstwach.
- ocenia strukturę i życie gleby
- planuje międzyplony i płodozmian
= turystyka-rowerowa | 1015 | 2 | 4 | Produkt turystyki rowerowej
Od trasy i noclegów po promocję z lokalnymi partnerami.
- projektuje pętlę rowerową
- opracowuje ofertę i kosztorys
= polski-praca | 0231 | 4 | - | Język polski w pracy (A2/B1)
Kurs dla cudzoziemców pracujących w handlu i produkcji.
- rozumie polecenia i instrukcje BHP
- prowadzi prostą rozmowę z przełożonym
= analiza-danych-sql | 0612 | 5 | 5 | Analiza danych w SQL
Trzydzieści ćwiczeń na bazie sklepu internetowego.
- pisze zapytania łączące wiele tabel
- przygotowuje raport dla kierownictwa
= pielegniarstwo-geriatryczne | 0913 | 6 | 7 | Pielęgniarstwo geriatryczne: całościowa ocena
Studia przypadków i ćwiczenia w symulatorze starości.
- przeprowadza całościową ocenę geriatryczną
- planuje opiekę w zespole interdyscyplinarnym
= audyt-energetyczny | 0732 | 6 | 6 | Audyt energetyczny budynku
Pomiary kamerą termowizyjną i wspólny raport.
- oblicza zapotrzebowanie na energię
- proponuje opłacalne modernizacje
= dostepnosc-cyfrowa | 0613 | 3 | 5 | Dostępność cyfrowa stron i dokumentów
Audyt strony instytucji kultury krok po kroku.
- testuje stronę z czytnikiem ekranu
- przygotowuje deklarację dostępności
@into analiza-danych-sql
= dialog-motywujacy | 0923 | 2 | 6 | Dialog motywujący w pracy socjalnej
Trening umiejętności z superwizją nagrań.
- stosuje odzwierciedlenia i pytania otwarte
- wzmacnia motywację do zmiany
= elektromobilnosc | 0716 | 5 | 5 | Diagnostyka pojazdów elektrycznych
Bezpieczna praca z wysokim napięciem i bateriami.
- odłącza i zabezpiecza układ wysokiego napięcia
- diagnozuje baterię trakcyjną
= zielone-zamowienia | 0413 | 2 | 7 | Zielone zamówienia publiczne
Kryteria środowiskowe na przykładach z transportu i żywienia.
- formułuje kryteria oceny ofert
- oblicza koszt cyklu życia
= browar-rzemieslniczy | 0721 | 3 | 4 | Technologia piwa rzemieślniczego
Warzenie, fermentacja i analiza sensoryczna.
- prowadzi proces zacierania i fermentacji
- rozpoznaje wady piwa
@assess oram_exam,practical-assessment
= projekt-ue | 0413 | 3 | 6 | Zarządzanie projektem dofinansowanym z UE
Budżet, wskaźniki i rozliczanie bez nerwów.
- buduje harmonogram i budżet
- przygotowuje wniosek o płatność
= roboty-przemyslowe | 0714 | 5 | 5 | Programowanie robotów przemysłowych
Ćwiczenia na sześciu stanowiskach, małe grupy.
- programuje trajektorie i chwytaki
- stosuje zasady bezpieczeństwa stanowiska
= gospodarka-wodna | 0712 | 4 | 7 | Błękitno-zielona infrastruktura w mieście
Deszczówka jako zasób, nie odpad.
- oblicza retencję na działce
- projektuje ogród deszczowy
= storytelling-muzeum | 0322 | 2 | 6 | Opowieść w muzeum: scenariusze i podpisy
Warsztat pisania dla edukatorów i kuratorów.
- pisze zrozumiałe podpisy
- układa scenariusz oprowadzania
= pierwsza-pomoc-psych | 0923 | 1 | - | Pierwsza pomoc psychologiczna w szkole
Jak zauważyć, wysłuchać i skierować dalej.
- rozpoznaje sygnały kryzysu
- prowadzi rozmowę wspierającą
= stolarz-cnc | 0722 | 6 | 4 | Stolarz-operator obrabiarki CNC
Od rysunku do gotowego mebla.
- przygotowuje program obróbki
- wykonuje i wykańcza prosty mebel
`;
