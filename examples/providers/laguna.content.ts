/** Italian course texts of the Scuola Esempio della Laguna (fictitious). */
export const italian = `
= ia-pmi | 0613 | 3 | 6 | Intelligenza artificiale per le piccole imprese
Dalla bottega all'e-commerce: casi concreti, strumenti sostenibili e regole europee.
- valutare se un problema aziendale si presta all'IA
- usare modelli linguistici proteggendo i dati dei clienti
- calcolare costi e benefici di una sperimentazione
= restauro-legno | 0214 | 6 | 5 | Restauro conservativo del legno
In laboratorio, su manufatti reali provenienti da piccole chiese.
- riconoscere le specie legnose e i degradi
- eseguire puliture e consolidamenti reversibili
- documentare l'intervento
= assistenza-anziani | 0921 | 4 | 3 | Assistenza alla persona anziana a domicilio
Tecniche di mobilizzazione, alimentazione e ascolto per assistenti familiari.
- aiutare nei movimenti senza rischi per la schiena
- riconoscere i segnali di allarme e avvisare i sanitari
= fotovoltaico-condomini | 0713 | 4 | 5 | Comunità energetiche e fotovoltaico nei condomini
Progettare, finanziare e gestire un impianto condiviso.
- dimensionare un impianto in base ai consumi
- predisporre lo statuto di una comunità energetica
= sicurezza-informatica-studi | 0612 | 2 | 5 | Sicurezza informatica per studi professionali
Minacce, copie di sicurezza e risposta agli incidenti per avvocati e commercialisti.
- configurare accessi e copie di sicurezza
- riconoscere un tentativo di frode via posta elettronica
= italiano-lavoro | 0231 | 4 | - | Italiano per il lavoro nella ristorazione (A2)
Comande, turni, allergeni e conversazioni con la clientela.
- comprendere istruzioni in cucina e in sala
- rispondere a domande sugli allergeni
= nido-outdoor | 0112 | 3 | 6 | Educazione all'aperto nel nido d'infanzia
Progettare esperienze nella natura in ogni stagione.
- organizzare spazi esterni sicuri e stimolanti
- documentare gli apprendimenti dei bambini
= viticoltura-bio | 0811 | 5 | 5 | Viticoltura biologica in collina
Potatura, difesa e certificazione seguite in vigna per un intero ciclo.
- gestire la difesa con prodotti ammessi
- preparare l'azienda alla certificazione
= turismo-lento | 1015 | 3 | 5 | Progettare il turismo lento
Cammini, borghi e treni locali diventano un'offerta coerente.
- costruire un itinerario con operatori locali
- misurare l'impatto sulla comunità ospitante
= contabilita-forfettari | 0411 | 2 | 4 | Contabilità per il regime forfettario
Fatture elettroniche, contributi e scadenze per chi apre la partita IVA.
- emettere e conservare fatture elettroniche
- calcolare imposta e contributi
= saldatura-tubi | 0715 | 5 | 3 | Saldatura di tubazioni in acciaio
Ore di officina e prova finale davanti a un esaminatore esterno.
- saldare tubi in posizione PH e H-L045
- riconoscere e riparare i difetti
= logistica-portuale | 1041 | 4 | 5 | Logistica portuale e dogane
Documenti, procedure e digitalizzazione in un porto adriatico.
- preparare la documentazione doganale
- programmare le operazioni di un terminal
= didattica-musei | 0222 | 3 | 7 | Didattica museale accessibile
Percorsi tattili, testi facili e visite in lingua dei segni.
- scrivere testi in linguaggio facile da leggere
- progettare un percorso multisensoriale
= acque-lagunari | 0521 | 5 | 7 | Monitoraggio ecologico delle acque lagunari
Campionamenti in barca, laboratorio e relazione tecnica.
- applicare gli indici biologici di qualità
- interpretare serie storiche di dati
= gelateria-artigianale | 1013 | 2 | 4 | Gelateria artigianale: bilanciamento e igiene
Due settimane intensive con tirocinio in laboratorio.
- bilanciare una ricetta per struttura e dolcezza
- applicare il piano di autocontrollo
= mediazione-culturale | 0923 | 6 | 6 | Mediazione culturale nei servizi sanitari
Rivolto a mediatrici e mediatori che lavorano in ospedali e consultori.
- facilitare il colloquio tra operatori e pazienti
- gestire situazioni emotivamente difficili
`;
