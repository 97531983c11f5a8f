import { declareShape } from '../../record/shape.ts';

/** Attributes that every element of LHEO may have (2.3, `gelaba` common attributes): they say nothing of the offer. */
const COMMON =
  '@info @ref @id @idref @tag @file @datecrea @uri @horodatage-creation @horodatage-export @horodatage-modification';
/** Codes and texts that are known and that no element has a place for: they stay in the raw record. */
const known = (names: string): string => names.replace(/(?<=\S)(?=\s|$)/g, ' { }');
const ATTRIBUTES = `@numero @datemaj ${COMMON}`;
const EXTRA = `extra { @info @ref @numero @tag }`;
const EXTRAS = `extras { @info @numero @tag ${EXTRA} extras { @info @numero @tag ${EXTRA} } }`;
const WEB = '{ urlweb }';
const CODE = '{ @ref @tag }';
const ADDRESS = `adresse { denomination ligne codepostal ville pays ${known('departement code-INSEE-commune code-INSEE-canton region')}
  geolocalisation { latitude longitude } ${EXTRAS} ${ATTRIBUTES} }`;
const COORDONNEES = `coordonnees { ${ADDRESS} web ${WEB} ${ATTRIBUTES} }`;
const PERIODE = 'periode { debut fin }';
const SESSION = `session {
  @numero @datemaj ${COMMON} ${PERIODE} periode-inscription { ${PERIODE} } etat-recrutement url-session ${WEB}
  modalites-inscription ${EXTRAS}
}`;
const SIRET = '{ SIRET }';
const ACTION = `
  rythme-formation info-public-vise modalites-enseignement conditions-specifiques
  detail-conditions-prise-en-charge lieu-de-formation { ${COORDONNEES} ${ATTRIBUTES} }
  modalites-entrees-sorties url-action ${WEB}
  ${SESSION} langue-formation modalites-recrutement modalites-pedagogiques modalites-alternance
  frais-restants prix-horaire-TTC prix-total-TTC duree-indicative nombre-heures-centre nombre-heures-entreprise nombre-heures-total
  organisme-formateur { SIRET-formateur ${SIRET} raison-sociale-formateur ${ATTRIBUTES} }
  ${known('niveau-entree-obligatoire prise-en-charge-frais-possible code-public-vise restauration hebergement transport acces-handicapes')}
  ${known('code-perimetre-recrutement infos-perimetre-recrutement conventionnement duree-conventionnee code-modalite-pedagogique')}
  ${EXTRAS}`;

/** What is read of an offer of LHEO 2.2 and 2.3, of its summary (`resume-offre`), and of an EDOF import. */
export const shape = declareShape(`
  formation {
    @numero @datemaj @horodatage-modification @href @info @ref @id @idref @tag @file @datecrea @uri
    @horodatage-creation @horodatage-export
    domaine-formation { code-FORMACODE ${CODE} code-NSF ${CODE} code-ROME ${CODE} }
    intitule-formation objectif-formation resultats-attendus contenu-formation code-niveau-sortie url-formation ${WEB}
    certification { code-RNCP code-RS ${known('code-CERTIFINFO code-CPF')} }
    ${known('certifiante parcours-de-formation code-niveau-entree objectif-general-formation')}
    action { @numero @datemaj ${COMMON} ${ACTION} }
    organisme-formation-responsable {
      @numero numero-activite SIRET-organisme-formation ${SIRET} nom-organisme raison-sociale
      coordonnees-organisme { ${COORDONNEES} } renseignements-specifiques code-UAI-organisme-formation { code-UAI }
    }
    nom-organisme SIRET ville codepostal ${ACTION}
  }
`);
