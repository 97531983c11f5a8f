/** German course texts of the Beispielhochschule Weser (fictitious). */
export const german = `
= ki-verwaltung | 0613 | 3 | 6 | Künstliche Intelligenz in der öffentlichen Verwaltung
Sie prüfen an Fällen aus der Praxis, wo KI-Verfahren Entscheidungen unterstützen dürfen und wo nicht.
- ordnen KI-Anwendungen den Risikoklassen der KI-Verordnung zu
- formulieren Anforderungen für eine Vergabe
- erklären Bürgerinnen und Bürgern ein automatisiertes Verfahren verständlich
@en Artificial intelligence in public administration
= waermepumpe-fachkraft | 0713 | 4 | 5 | Wärmepumpen planen und in Betrieb nehmen
Theorie am Vormittag, Messen und Einstellen am Prüfstand am Nachmittag.
- berechnen die Heizlast eines Bestandsgebäudes
- legen Wärmequelle, Speicher und Heizflächen aus
- führen einen hydraulischen Abgleich durch und dokumentieren ihn
= praxisanleitung-pflege | 0913 | 10 | 6 | Praxisanleitung in der Pflege
Die Weiterbildung bereitet darauf vor, Auszubildende am Lernort Praxis zu begleiten und zu beurteilen.
- planen Anleitungssituationen kompetenzorientiert
- führen Lern- und Beurteilungsgespräche
- gestalten die Zusammenarbeit der Lernorte
@hours 300
= datenschutz-koordination | 0421 | 3 | 6 | Datenschutzkoordination im Mittelstand
Von der Bestandsaufnahme bis zur Meldung einer Panne: Handwerkszeug für Beauftragte ohne Jurastudium.
- führen ein Verzeichnis der Verarbeitungstätigkeiten
- prüfen Verträge zur Auftragsverarbeitung
- bearbeiten Auskunftsersuchen fristgerecht
= schweissen-mag | 0715 | 5 | 4 | MAG-Schweißen für Quereinsteiger
Sechs Wochen in der Werkstatt, mit einer Prüfung nach Norm am Ende.
- schweißen Kehlnähte an Blech in den Positionen PA, PB und PF
- stellen Drahtvorschub und Spannung passend ein
- erkennen Nahtfehler und deren Ursachen
= offshore-logistik | 1041 | 5 | 6 | Logistik für Offshore-Windparks
Wetterfenster, Umschlag und Sicherheit: Planung eines Einsatzes ab Bremerhaven.
- planen eine Transportkette für Großkomponenten
- bewerten Wetter- und Terminrisiken
- stimmen Schnittstellen zwischen Hafen, Reederei und Bauleitung ab
= fruehe-sprache | 0112 | 4 | 6 | Sprachbildung in der Kita im Alltag
Pädagogische Fachkräfte lernen, jedes Wickeln, Essen und Spielen als Sprachanlass zu nutzen.
- beobachten und dokumentieren Sprachentwicklung
- setzen Dialogstrategien beim Vorlesen ein
- beraten Eltern mehrsprachiger Kinder
= steuer-grundlagen | 0411 | 5 | 5 | Grundlagen der Umsatzsteuer für die Buchhaltung
Mit vielen Belegen aus dem Binnenmarkt und typischen Fehlern aus Betriebsprüfungen.
- beurteilen die Steuerbarkeit von Leistungen in der EU
- erstellen eine Voranmeldung und eine Zusammenfassende Meldung
= it-sicherheit-kmu | 0612 | 6 | 6 | IT-Sicherheit für kleine und mittlere Unternehmen
Angriffe verstehen, Netze absichern, Notfälle üben.
- führen eine Schutzbedarfsfeststellung durch
- härten Server und Arbeitsplätze nach einem anerkannten Grundschutzkatalog
- erstellen einen Notfallplan und üben ihn
@into it-sicherheit-zertifikat
= it-sicherheit-zertifikat | 0612 | 30 | 6 | Zertifikat Informationssicherheit
Drei Bausteine und ein Projekt im eigenen Betrieb führen zum Zertifikat.
- bauen ein Managementsystem für Informationssicherheit auf
- bewerten Lieferanten und Cloud-Dienste
- verteidigen das Projekt in einem Kolloquium
= mikroplastik-analytik | 0512 | 4 | 7 | Mikroplastik in Gewässern: Probenahme und Analytik
Ein Messtag auf der Weser, zwei Labortage und die Auswertung im Team.
- entnehmen Proben ohne Kontamination
- bestimmen Partikel mit Infrarotspektroskopie
- ordnen Messwerte kritisch ein
= agri-photovoltaik | 0811 | 3 | 6 | Agri-Photovoltaik für landwirtschaftliche Betriebe
Doppelnutzung von Flächen: Technik, Kulturen, Genehmigung und Wirtschaftlichkeit.
- vergleichen Anlagentypen für Obst, Grünland und Acker
- berechnen Erlöse unter verschiedenen Förderbedingungen
= alltag-demenz | 0923 | 2 | 4 | Alltagsbegleitung für Menschen mit Demenz
Der Kurs richtet sich an Helferinnen und Helfer in Nachbarschaft und Betreuungsdiensten.
- gehen wertschätzend mit herausforderndem Verhalten um
- gestalten Beschäftigungen passend zur Biografie
= deutsch-pflege-b2 | 0231 | 6 | - | Deutsch für die Pflege B2
Fachsprache, Übergabe und Angehörigengespräch für international ausgebildete Pflegekräfte.
- führen eine Übergabe strukturiert und vollständig durch
- dokumentieren Pflegemaßnahmen fachsprachlich korrekt
- erklären Maßnahmen in einfacher Sprache
= moor-klima | 0522 | 3 | 7 | Moore wiedervernässen: Klimaschutz in der Fläche
Hydrologie, Nutzungskonflikte und Paludikultur an zwei Exkursionsorten.
- beurteilen den Zustand eines Moores anhand von Zeigerarten
- entwickeln ein Maßnahmenkonzept mit Betroffenen
= hygiene-kueche | 1013 | 1 | 3 | Hygiene in der Gemeinschaftsküche
Kompakter Nachmittag mit Küchenbegehung.
- wenden Temperatur- und Reinigungspläne an
- schulen Kolleginnen und Kollegen in Händehygiene
= additive-fertigung | 0715 | 5 | 6 | Additive Fertigung mit Metallen
Vom Datenmodell zum Bauteil: Pulverbettverfahren an einer Industrieanlage.
- konstruieren fertigungsgerecht für das Pulverbett
- wählen Prozessparameter begründet aus
- prüfen Bauteile zerstörungsfrei
= konflikt-team | 0413 | 2 | 6 | Konflikte im Team klären
Fallarbeit mit Situationen, die Sie selbst mitbringen.
- unterscheiden Sach-, Rollen- und Beziehungskonflikte
- moderieren ein Klärungsgespräch
= geoinformation-kommune | 0532 | 4 | 6 | Geoinformation für Kommunen
Leerstand, Hitze, Schulwege: mit offenen Daten Fragen der Gemeinde beantworten.
- finden und prüfen offene Geodaten
- erstellen eine Webkarte für den Stadtrat
= digitale-barrierefreiheit | 0613 | 3 | 5 | Digitale Barrierefreiheit umsetzen
Websites und Dokumente prüfen, verbessern und die Erklärung zur Barrierefreiheit schreiben.
- testen mit Tastatur, Vergrößerung und Vorlesesoftware
- erzeugen barrierefreie PDF-Dokumente
= wasserstoff-basis | 0711 | 3 | 5 | Wasserstofftechnik für Facharbeiterinnen und Facharbeiter
Sicher arbeiten an Elektrolyseuren und Leitungen.
- benennen Gefahren von Wasserstoff und Schutzmaßnahmen
- führen Dichtheitsprüfungen durch
= palliative-care-basis | 0913 | 6 | 6 | Palliative Care: Basiskurs
Schmerz, Begleitung und Ethik am Lebensende, interprofessionell unterrichtet.
- erfassen Symptome mit geeigneten Instrumenten
- begleiten Sterbende und Angehörige
- wirken an ethischen Fallbesprechungen mit
@hours 160
= podcast-lehre | 0211 | 2 | 6 | Podcasts in der Hochschullehre
Konzept, Ton, Schnitt und Rechte: am Ende steht eine veröffentlichte Folge.
- schreiben ein Skript mit klarem Lernziel
- nehmen Gespräche in guter Tonqualität auf
= nachhaltigkeitsbericht | 0411 | 5 | 7 | Nachhaltigkeitsberichterstattung nach ESRS
Wesentlichkeitsanalyse, Datenpunkte und Prüfung, geübt an einem Musterunternehmen.
- führen eine doppelte Wesentlichkeitsanalyse durch
- erheben Emissionsdaten nach anerkannten Protokollen
- bereiten einen Bericht prüfungssicher auf
= fahrrad-mechatronik | 0716 | 4 | 4 | Mechatronik am E-Bike
Diagnose, Akku und Antrieb: für Beschäftigte in Werkstätten.
- lesen Fehlerspeicher aus und grenzen Störungen ein
- handhaben und lagern Akkus sicher
= trauma-schule | 0923 | 3 | 7 | Traumasensibel handeln in Schule und Jugendhilfe
Verstehen, stabilisieren, weitervermitteln.
- erkennen Belastungsreaktionen bei Kindern
- gestalten sichere Strukturen im Gruppenalltag
= lean-klinik | 0413 | 3 | 6 | Lean Management in der Klinik
Ein Verbesserungsprojekt auf der eigenen Station begleitet den Kurs.
- zeichnen einen Wertstrom vom Aufnahmegespräch bis zur Entlassung
- führen tägliche Kurzbesprechungen ein
= imkerei-einstieg | 0811 | 2 | 3 | Einstieg in die Imkerei
Ein Bienenjahr lang begleiten Sie ein Lehrvolk.
- führen die Durchsicht eines Volkes durch
- erkennen Krankheiten und melden Seuchen
= statik-holz | 0732 | 5 | 6 | Tragwerke aus Holz bemessen
Vom Lastannahmeblatt bis zum Anschlussdetail nach Eurocode 5.
- ermitteln Einwirkungen und Schnittgrößen
- bemessen Balken, Stützen und Verbindungen
= barista-betrieb | 1013 | 1 | - | Kaffee: Rohware, Röstung, Zubereitung
Sensorik und Maschinenpflege für Gastronomiebetriebe.
- beurteilen Röstungen in einer Verkostung
- stellen Mühle und Maschine reproduzierbar ein
= robotik-einfuehrung | 0714 | 5 | 5 | Kollaborative Roboter programmieren
Zwei Wochen Blockkurs an vier Arbeitszellen.
- programmieren eine Bestückungsaufgabe
- beurteilen die Sicherheit einer Zelle nach Norm
= interkulturell-beratung | 0923 | 3 | 6 | Interkulturelle Beratung in Ämtern
Rollenspiele mit Dolmetschenden, Fallarbeit und kollegiale Beratung.
- führen ein gedolmetschtes Gespräch
- reflektieren eigene Deutungen und Routinen
`;
