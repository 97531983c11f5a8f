import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { labels } from './labels.ts';

const EU = 'http://data.europa.eu/snb/assessment/';

/** `code | end of the EU URI | English | German | French | what else feeds write`. */
const ROWS = `
peer-assessment|19a2e5e671|Peer assessment|Beurteilung durch andere Lernende|Évaluation par les pairs|vertaishinnang,vertaisarviointi,evaluación por pares
marked-assignment|2939dae15f|Marked assignment|Benotete Aufgabe|Travail noté|assignment,assignments,graded assignment,report paper,report_paper,essay,hausarbeit,coursework,kodutöö,referat,paper,written assignment
continuous-evaluation|3484bd7e51|Continuous evaluation|Laufende Bewertung|Contrôle continu|continuous assessment,ongoing assessment,cc,evaluación continua,valutazione continua,jatkuva arviointi,pidev hindamine
portfolio|4f03b91c0e|Portfolio|Portfolio|Portfolio|portfolio assessment,portfolio of evidence,portfolio_assessment,portfolio evaluation,assessMethod:PortfolioEvaluation,portfolioevaluation,e-portfolio,õpimapp,portfólio,dossier
group-performance|56539a6507|Group performance|Gruppenleistung|Travail de groupe|group work,group assessment,group assignment,gruppenarbeit,rühmatöö
practical-assessment|6a4db9f11d|Practical assessment|Praktische Prüfung|Évaluation pratique|practical,practical exam,practical examination,practical test,performance,assessMethod:Performance,behavioural assessment,behavioural_assessment,life_skills_test,praktiline töö,praktiline ülesanne,examen práctico,prova pratica,praktijktoets,épreuve pratique
written-examination|6e6cb2cc78|Written examination|Schriftliche Prüfung|Examen écrit|written exam,written_exam,written test,test on paper,test_on_paper,klausur,kirjalik eksam,kirjallinen tentti,schriftelijk examen,schriftelijk tentamen,examen escrito,esame scritto,prova scritta,exame escrito,egzamin pisemny,skriftlig eksamen,skriftlig tentamen,písemná zkouška,épreuve écrite
level-of-attendance|7331eb4762|Level of attendance|Anwesenheit|Assiduité|attendance,osalemine,presence required
project-work|795dac4096|Project work|Projektarbeit|Travail de projet|project,project assignment,projekt,proyecto,progetto,projet,projektitöö
peer-review|812e3b0ae1|Peer review|Peer-Review|Relecture par les pairs|
quiz|b1b68f6735|Quiz|Quiz|Quiz|multiple choice,multiple-choice test,mcq,qcm,quizzes,online quiz,viktoriin
problem-based-learning|c4256a2726|Problem-based learning|Problembasiertes Lernen|Apprentissage par problèmes|pbl,problem based assessment
oral-examination|d30284d7df|Oral examination|Mündliche Prüfung|Examen oral|oral,oral exam,oral_exam,oram_exam,oral test,oral_test,viva,viva voce,suuline eksam,suullinen tentti,mondeling examen,mondeling tentamen,esame orale,exame oral,egzamin ustny,muntlig eksamen,muntlig tentamen,ústní zkouška,épreuve orale,interview
artefact-assessment|de4d165a6c|Artefact assessment|Beurteilung eines Werkstücks|Évaluation d'une réalisation|artifact,artefact,assessMethod:Artifact,professional product,professional_product,beroepsproduct
presentation|c_04b30a72|Presentation|Präsentation|Présentation orale|presentatie,esitlus,ettekanne,presentación,presentazione
self-assessment|c_2b3bd410|Self-assessment|Selbsteinschätzung|Autoévaluation|self assessment,autoevaluación,autovalutazione,enesehindamine,zelfbeoordeling,itsearviointi
guided-self-assessment|c_4f874951|Guided self-assessment|Begleitete Selbsteinschätzung|Autoévaluation guidée|
`;

const rows = ROWS.trim()
  .split('\n')
  .map((line) => line.split('|'));

/**
 * Assessment types, the EU list and its three later concepts (`c_…`, not in the XSD of ELM 3.3). A word that says only
 * that there is an exam ("exam", CTDL `Exam`, OOAPI `digital_test`) does not say which kind and gives undefined.
 * Comma-joined lists are for the caller to split.
 */
export const assessmentTypes = createVocabulary(
  {
    name: 'assessment-type',
    title: 'Type of assessment',
    source: 'http://data.europa.eu/snb/assessment/25831c2',
    version: 'ELM 3.2',
    date: '2023-09-12',
    licence: EU_LICENCE,
  },
  rows.map(([code = '', uri = '', en = '', de = '', fr = '']) => ({
    code,
    uri: EU + uri,
    label: labels({ en, de, fr }),
  })),
  Object.fromEntries(
    rows.flatMap(([code = '', , , , , words = '']) =>
      words
        .split(',')
        .filter((word) => word !== '')
        .map((word): [string, string] => [word, code]),
    ),
  ),
);
