import { declareShape } from '../../record/shape.ts';

const FIELDS = 'contentFields { field { @xsi:type @name @isHtml } }';
const PERIOD = '@startDate @endDate';
const PRICE = `{ @price @currency @vat @vatIncluded discount { @value ${PERIOD} } discountRate { @percentage ${PERIOD} } }`;
const ADDRESS = '{ @street @city @zip @country }';
/** What is known and no element has a place for stays in the raw record: coordinates, meals, flags, codes of the application system. */
const LOCATION = `{
  @uniqueIdentifier @name @hasAccomodation { } @hasAccommodation { } @isFoodProvided { } @place place visitingAddress ${ADDRESS}
  coordinates { @latitude { } @longitude { } } description residentialInformation
}`;
const EVENT = `{
  @xsi:type @uniqueIdentifier @deliveryMethod @eventTypeID { } @language @link @locationUID @place @pace
  location ${LOCATION} pace price ${PRICE} start { @xsi:type @startDate @startTime { } @endDate @endTime { } @month @year @semester @description }
  applicationInfo { @url @applicationCode { } ${PERIOD} } lastApplicationDate { date text }
  additionalInfo { item { @key } } flags { flag { @name ${PERIOD} } }
}`;

/** What is read of a provider and a course of EMG XML 3.0, and of an institute and an education of 2.0. */
export const shape = declareShape(`
  provider { @uniqueIdentifier @id @mainLocation { } ${FIELDS} }
  course {
    @uniqueIdentifier @name @courseType @educationTypeID { } ${FIELDS} events { event ${EVENT} }
    keywords { keyword } categories { category { @name } } grantedCertificates { certificate { @name } }
    additionalInfo { item { @key } } flags { flag { @name ${PERIOD} } }
    link duration { @text text specific { @value @unit } } application { @url ${PERIOD} } credits defaultPrice ${PRICE}
  }
`);
