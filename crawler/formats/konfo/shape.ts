import { declareShape } from '../../record/shape.ts';

const CODE = '{ koodiUri nimi }';
const BODY = `{ oid nimi paikkakunta ${CODE} jarjestaaUrheilijanAmmKoulutusta * }`;
const MORE = `lisatiedot { otsikko ${CODE} teksti }`;
const SIZE = `opintojenLaajuusNumero opintojenLaajuusNumeroMin opintojenLaajuusNumeroMax opintojenLaajuus ${CODE} opintojenLaajuusyksikko ${CODE}`;
const WORD = '{ kieli arvo }';
const START = `koulutuksenAlkamiskausi { alkamiskausityyppi koulutuksenAlkamiskausi ${CODE} koulutuksenAlkamisvuosi koulutuksenAlkamispaivamaara
  koulutuksenPaattymispaivamaara henkilokohtaisenSuunnitelmanLisatiedot formatoituKoulutuksenalkamispaivamaara *
  formatoituKoulutuksenpaattymispaivamaara * }`;
const TIME = '{ alkaa paattyy formatoituAlkaa * formatoituPaattyy * hakuAuki * hakuMennyt * }';
const TARGET = `hakukohteet { oid hakukohdeOid nimi tila ${START} hakuajat ${TIME} hakulomakeLinkki jarjestyspaikka ${BODY}
  pohjakoulutusvaatimus ${CODE} pohjakoulutusvaatimusTarkenne aloituspaikat * hakulomaketyyppi * hakulomakeKuvaus * hakuOid * modified *
  formatoituModified * esikatselu * valintaperusteId * hasValintaperustekuvausData * hakulomakeAtaruId * jarjestyspaikkaHierarkiaNimi *
  organisaatio * metadata * timestamp * }`;
const TEACHING = `opetus { opetuskieli ${CODE} opetusaika ${CODE} opetustapa ${CODE} opetuskieletKuvaus * opetusaikaKuvaus opetustapaKuvaus
  maksut { maksullisuustyyppi maksunMaara } maksullisuustyyppi maksunMaara maksullisuusKuvaus onkoMaksullinen apuraha { min * max * yksikko * kuvaus }
  onkoApuraha * ${START} ${MORE} suunniteltuKestoVuodet suunniteltuKestoKuukaudet suunniteltuKestoKuvaus }`;
const METADATA = `tyyppi kuvaus kuvauksenNimi * osaamistavoitteet ${SIZE} ${MORE} koulutusala ${CODE} tutkintonimike ${CODE} eperuste *
  opinnonTyyppi ${CODE} isPieniOsaamiskokonaisuus isMuokkaajaOphVirkailija * isAvoinKorkeakoulutus * isTyovoimakoulutus * isTaydennyskoulutus *
  hasJotpaRahoitus tunniste * korkeakoulutustyypit *`;
const EDUCATION = `oid tila johtaaTutkintoon koulutustyyppi koulutustyyppiPath * nimi kielivalinta koulutukset ${CODE} tarjoajat ${BODY} organisaatio ${BODY}
  eqf ${CODE} nqf ${CODE} koulutuskoodienAlatJaAsteet { koulutusKoodiUri * koulutusalaKoodiUrit koulutusasteKoodiUrit * } modified timestamp * ePerusteId *
  externalId * teemakuva * formatoituModified * esikatselu * julkinen * haut * organisaatiot * oppilaitokset * sorakuvaus * _enrichedData *`;

/** An offer (toteutus) with the education (koulutus) inside, or an education alone, also as the hit of a search. */
export const SHAPE =
  declareShape(`${EDUCATION} koulutus { ${EDUCATION} metadata { ${METADATA} } } koulutusOid * hakuAuki *
  metadata { ${METADATA} ${TEACHING} asiasanat ${WORD} ammattinimikkeet ${WORD} osaamisalat * hakuaika ${TIME} hakulomakeLinkki hakulomaketyyppi * hakutermi *
  aloituspaikat * aloituspaikkakuvaus * lisatietoaHakeutumisesta lisatietoaValintaperusteista * isHakukohteetKaytossa *
  ammatillinenPerustutkintoErityisopetuksena * }
  liitetytOpintojaksot { oid nimi } kuuluuOpintokokonaisuuksiin { oid nimi } liitetytOsaamismerkit * ${TARGET}
  hakutiedot { hakuOid * nimi * hakutapa * koulutuksenAlkamiskausi * kohdejoukko * kohdejoukonTarkenne * ${TARGET} }
  kuvaus ${SIZE} tutkintonimikkeet ${CODE} toteutustenTarjoajat * _score *`);
