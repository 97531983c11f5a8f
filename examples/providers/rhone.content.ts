/** French course texts of the Université Exemple du Rhône (fictitious). */
export const french = `
= ia-generative-metiers | 0613 | 3 | 6 | Intelligence artificielle générative : usages professionnels et limites
Vous apprenez à tirer parti des modèles de langue sans leur confier ce qui relève de votre jugement.
- Rédiger des consignes efficaces et vérifier les réponses obtenues
- Identifier les biais et les risques de confidentialité
- Rédiger une charte d'usage pour son équipe
@en Generative artificial intelligence: professional uses and limits
= soudure-tig-inox | 0715 | 4 | - | Soudage TIG de l'inox pour l'agroalimentaire, niveau 2
Une formation d'atelier, en petits groupes, pour les tuyauteries sanitaires.
- Préparer et souder des tubes en position fixe
- Contrôler visuellement une soudure selon la norme
= donnees-personnelles-sante | 0421 | 3 | 7 | Protéger les données personnelles dans le secteur de la santé
Du registre des traitements à l'analyse d'impact, à partir de cas hospitaliers.
- Qualifier une donnée de santé et sa base légale
- Conduire une analyse d'impact
- Réagir à une violation de données dans les délais
= renovation-energetique | 0732 | 6 | 6 | Conduire une rénovation énergétique performante
Le diagnostic, le scénario de travaux, la coordination des métiers et la réception.
- Établir un bilan thermique simplifié
- Comparer des bouquets de travaux en coût global
- Repérer les pathologies liées à l'humidité
@runs 2027-05-10 Lyon; 2027-10-04 Grenoble
= petite-enfance-langage | 0112 | 4 | 5 | Accompagner le langage du jeune enfant
Lectures, comptines et gestes du quotidien pour les professionnels de crèche.
- Observer les étapes du langage chez l'enfant de 0 à 3 ans
- Aménager des situations qui donnent envie de parler
= viticulture-climat | 0811 | 5 | 6 | Adapter la vigne au changement climatique
Visites de domaines, dégustations techniques et étude d'un projet personnel.
- Choisir des cépages et porte-greffes adaptés à la sécheresse
- Piloter l'irrigation de façon économe
- Chiffrer un plan d'adaptation sur dix ans
@runs 2027-05-24 Valence; 2027-09-06 Lyon
= logistique-urbaine | 1041 | 3 | 6 | Concevoir la logistique du dernier kilomètre
Vélos-cargos, points relais et zones à faibles émissions à l'échelle d'un quartier.
- Cartographier les flux d'un quartier
- Comparer des modes de livraison selon le coût et les émissions
= comptabilite-association | 0411 | 2 | 4 | Tenir la comptabilité d'une association
Le plan comptable associatif expliqué pas à pas, avec les pièces d'une année réelle mais anonymisée.
- Enregistrer subventions, dons et adhésions
- Présenter des comptes clairs à l'assemblée générale
= cybersecurite-hopital | 0612 | 5 | 6 | Cybersécurité pour les établissements de soins
Gestes d'hygiène numérique, gestion de crise et exercice grandeur nature.
- Évaluer l'exposition d'un service aux rançongiciels
- Organiser un fonctionnement dégradé sans informatique
@runs 2027-05-24 Lyon; 2027-11-08 Lyon; 2027-05-10 Saint-Étienne
= pedagogie-inclusive | 0114 | 3 | 7 | Concevoir des enseignements inclusifs
Pour les enseignants du supérieur qui veulent rendre leurs cours accessibles à tous les étudiants.
- Appliquer la conception universelle de l'apprentissage
- Adapter une évaluation sans en abaisser l'exigence
= accueil-touristique | 1015 | 2 | 4 | Accueillir des visiteurs à vélo
Hébergeurs et offices de tourisme préparent un accueil de qualité le long d'une véloroute.
- Aménager des services utiles aux cyclistes
- Valoriser son offre sur les plateformes adaptées
= aide-domicile-alzheimer | 0923 | 2 | 3 | Aider à domicile une personne atteinte de la maladie d'Alzheimer
Une formation courte, proche du terrain, avec analyse de situations.
- Adapter sa communication aux troubles de la mémoire
- Proposer des activités qui préservent l'autonomie
@runs 2027-05-10 Lyon; 2027-06-07 Lyon; 2027-05-24 Valence
= hydrogene-maintenance | 0713 | 5 | 5 | Maintenance des installations hydrogène
Sécurité, capteurs et procédures sur banc pédagogique.
- Intervenir en zone à risque d'explosion
- Diagnostiquer une fuite et consigner l'installation
= data-journalisme | 0321 | 4 | 7 | Datajournalisme : enquêter avec les données publiques
De la question à la publication, avec un média régional partenaire.
- Obtenir et nettoyer des données publiques
- Construire une visualisation honnête
- Documenter sa méthode pour les lecteurs
@runs 2027-02-08 Lyon; 2027-05-10 Grenoble
= fle-batiment | 0231 | 3 | - | Français pour les métiers du bâtiment (A2)
Comprendre les consignes de sécurité et échanger sur le chantier.
- Comprendre et reformuler une consigne
- Remplir une fiche de présence et un bon de livraison
= maraichage-bio | 0812 | 6 | 4 | S'initier au maraîchage biologique
Une saison sur une ferme-école, deux jours par semaine.
- Planifier les cultures d'un jardin de 2 000 m²
- Entretenir la fertilité du sol
- Organiser la vente directe
= management-transversal | 0413 | 2 | 6 | Manager sans lien hiérarchique
Influence, négociation et rituels de coopération dans les projets.
- Obtenir des engagements clairs entre services
- Traiter un désaccord avant qu'il ne devienne un conflit
= batteries-recyclage | 0712 | 4 | 7 | Recycler les batteries lithium-ion
Procédés, sécurité et économie d'une filière en construction.
- Comparer les voies pyrométallurgique et hydrométallurgique
- Estimer le bilan environnemental d'un procédé
@runs 2027-05-10 Lyon
= mediation-numerique | 0611 | 3 | 5 | Devenir médiateur numérique
Accompagner sans faire à la place : posture, outils et droits.
- Évaluer les compétences numériques d'une personne
- Animer un atelier de groupe
- Orienter vers les services publics adaptés
= nutrition-seniors | 0915 | 2 | 5 | Nutrition et prévention de la dénutrition chez les seniors
Pour les équipes de cuisine et de soins des résidences.
- Repérer les signes de dénutrition
- Enrichir des menus sans augmenter les volumes
= droit-travail-tpe | 0421 | 2 | 5 | Droit du travail pour les très petites entreprises
Embaucher, rémunérer, rompre un contrat : l'essentiel pour éviter les litiges.
- Rédiger un contrat conforme
- Tenir les registres obligatoires
= drones-cartographie | 0532 | 4 | 6 | Cartographier par drone
Préparer un vol, acquérir et traiter les images, livrer un plan.
- Préparer une mission conforme à la réglementation européenne
- Produire une orthophotographie géoréférencée
= sante-mentale-jeunes | 0923 | 2 | 6 | Premiers repères en santé mentale des jeunes
Éducateurs et enseignants apprennent à repérer, écouter et orienter.
- Repérer les signes de souffrance psychique
- Conduire un premier entretien et passer le relais
= fromage-fermier | 0721 | 3 | 4 | Maîtriser l'hygiène en fromagerie fermière
Une semaine en fabrication, un plan de maîtrise sanitaire à la clé.
- Identifier les dangers à chaque étape
- Rédiger un plan de maîtrise sanitaire
= textile-reparation | 0723 | 2 | 3 | Réparer et transformer les vêtements
Gestes de couture, diagnostic et devis pour ateliers de réparation.
- Réaliser les réparations courantes
- Établir un devis pour un client
= statistique-r | 0542 | 6 | 7 | Analyse statistique avec R pour les sciences sociales
Des exercices hebdomadaires corrigés et un projet sur vos propres données.
- Importer et décrire une enquête
- Estimer et interpréter un modèle de régression
- Rendre une analyse reproductible
= bois-construction | 0732 | 5 | 5 | Construire en bois local
Essences, assemblages et réglementation incendie, avec une journée de levage.
- Choisir une essence selon l'usage
- Dimensionner un assemblage courant
= langue-des-signes | 0231 | 4 | - | Langue des signes française pour l'accueil du public (A1)
Les premiers échanges au guichet, enseignés par des formateurs sourds.
- Accueillir, s'informer et orienter en langue des signes
@runs 2027-01-18 Lyon; 2027-05-10 Saint-Étienne; 2027-09-06 Lyon
= eau-gestion | 0712 | 4 | 7 | Gérer l'eau d'un bassin versant
Partager la ressource entre villes, rivières et cultures.
- Construire un bilan des prélèvements
- Animer une concertation entre usagers
= compta-carbone | 0522 | 3 | 6 | Réaliser un bilan carbone d'entreprise
Collecte, calcul et plan d'action sur un cas fil rouge.
- Délimiter un périmètre et collecter les données
- Prioriser un plan de réduction
`;
