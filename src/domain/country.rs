//! Countries and their names.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::name::fold_for_comparison;
use super::validation_error::ValidationError;
use super::vocabulary::Language;
use super::written::Written;

/// The 249 codes of ISO 3166-1 alpha-2, sorted (from the tz database's iso3166.tab), with the codes of three letters, and the
/// Portuguese and the English name.
///
/// The names are those of the Unicode CLDR for pt-PT and en-GB, without remarks in brackets and abbreviations. Where
/// those are ambiguous on an envelope (the two Congos), they are the official ones.
const COUNTRIES: [(&str, &str, &str, &str); 249] = [
    ("AD", "AND", "Andorra", "Andorra"),
    ("AE", "ARE", "Emirados Árabes Unidos", "United Arab Emirates"),
    ("AF", "AFG", "Afeganistão", "Afghanistan"),
    ("AG", "ATG", "Antígua e Barbuda", "Antigua and Barbuda"),
    ("AI", "AIA", "Anguila", "Anguilla"),
    ("AL", "ALB", "Albânia", "Albania"),
    ("AM", "ARM", "Arménia", "Armenia"),
    ("AO", "AGO", "Angola", "Angola"),
    ("AQ", "ATA", "Antártida", "Antarctica"),
    ("AR", "ARG", "Argentina", "Argentina"),
    ("AS", "ASM", "Samoa Americana", "American Samoa"),
    ("AT", "AUT", "Áustria", "Austria"),
    ("AU", "AUS", "Austrália", "Australia"),
    ("AW", "ABW", "Aruba", "Aruba"),
    ("AX", "ALA", "Alanda", "Åland Islands"),
    ("AZ", "AZE", "Azerbaijão", "Azerbaijan"),
    ("BA", "BIH", "Bósnia e Herzegovina", "Bosnia and Herzegovina"),
    ("BB", "BRB", "Barbados", "Barbados"),
    ("BD", "BGD", "Bangladeche", "Bangladesh"),
    ("BE", "BEL", "Bélgica", "Belgium"),
    ("BF", "BFA", "Burquina Faso", "Burkina Faso"),
    ("BG", "BGR", "Bulgária", "Bulgaria"),
    ("BH", "BHR", "Barém", "Bahrain"),
    ("BI", "BDI", "Burundi", "Burundi"),
    ("BJ", "BEN", "Benim", "Benin"),
    ("BL", "BLM", "São Bartolomeu", "Saint Barthélemy"),
    ("BM", "BMU", "Bermudas", "Bermuda"),
    ("BN", "BRN", "Brunei", "Brunei"),
    ("BO", "BOL", "Bolívia", "Bolivia"),
    ("BQ", "BES", "Países Baixos Caribenhos", "Caribbean Netherlands"),
    ("BR", "BRA", "Brasil", "Brazil"),
    ("BS", "BHS", "Baamas", "Bahamas"),
    ("BT", "BTN", "Butão", "Bhutan"),
    ("BV", "BVT", "Ilha Bouvet", "Bouvet Island"),
    ("BW", "BWA", "Botsuana", "Botswana"),
    ("BY", "BLR", "Bielorrússia", "Belarus"),
    ("BZ", "BLZ", "Belize", "Belize"),
    ("CA", "CAN", "Canadá", "Canada"),
    ("CC", "CCK", "Ilhas dos Cocos", "Cocos Islands"),
    ("CD", "COD", "República Democrática do Congo", "Democratic Republic of the Congo"),
    ("CF", "CAF", "República Centro-Africana", "Central African Republic"),
    ("CG", "COG", "República do Congo", "Republic of the Congo"),
    ("CH", "CHE", "Suíça", "Switzerland"),
    ("CI", "CIV", "Costa do Marfim", "Côte d'Ivoire"),
    ("CK", "COK", "Ilhas Cook", "Cook Islands"),
    ("CL", "CHL", "Chile", "Chile"),
    ("CM", "CMR", "Camarões", "Cameroon"),
    ("CN", "CHN", "China", "China"),
    ("CO", "COL", "Colômbia", "Colombia"),
    ("CR", "CRI", "Costa Rica", "Costa Rica"),
    ("CU", "CUB", "Cuba", "Cuba"),
    ("CV", "CPV", "Cabo Verde", "Cape Verde"),
    ("CW", "CUW", "Curaçau", "Curaçao"),
    ("CX", "CXR", "Ilha do Natal", "Christmas Island"),
    ("CY", "CYP", "Chipre", "Cyprus"),
    ("CZ", "CZE", "Chéquia", "Czechia"),
    ("DE", "DEU", "Alemanha", "Germany"),
    ("DJ", "DJI", "Jibuti", "Djibouti"),
    ("DK", "DNK", "Dinamarca", "Denmark"),
    ("DM", "DMA", "Domínica", "Dominica"),
    ("DO", "DOM", "República Dominicana", "Dominican Republic"),
    ("DZ", "DZA", "Argélia", "Algeria"),
    ("EC", "ECU", "Equador", "Ecuador"),
    ("EE", "EST", "Estónia", "Estonia"),
    ("EG", "EGY", "Egito", "Egypt"),
    ("EH", "ESH", "Sara Ocidental", "Western Sahara"),
    ("ER", "ERI", "Eritreia", "Eritrea"),
    ("ES", "ESP", "Espanha", "Spain"),
    ("ET", "ETH", "Etiópia", "Ethiopia"),
    ("FI", "FIN", "Finlândia", "Finland"),
    ("FJ", "FJI", "Fiji", "Fiji"),
    ("FK", "FLK", "Ilhas Falkland", "Falkland Islands"),
    ("FM", "FSM", "Micronésia", "Micronesia"),
    ("FO", "FRO", "Ilhas Faroé", "Faroe Islands"),
    ("FR", "FRA", "França", "France"),
    ("GA", "GAB", "Gabão", "Gabon"),
    ("GB", "GBR", "Reino Unido", "United Kingdom"),
    ("GD", "GRD", "Granada", "Grenada"),
    ("GE", "GEO", "Geórgia", "Georgia"),
    ("GF", "GUF", "Guiana Francesa", "French Guiana"),
    ("GG", "GGY", "Guernesey", "Guernsey"),
    ("GH", "GHA", "Gana", "Ghana"),
    ("GI", "GIB", "Gibraltar", "Gibraltar"),
    ("GL", "GRL", "Gronelândia", "Greenland"),
    ("GM", "GMB", "Gâmbia", "Gambia"),
    ("GN", "GIN", "Guiné", "Guinea"),
    ("GP", "GLP", "Guadalupe", "Guadeloupe"),
    ("GQ", "GNQ", "Guiné Equatorial", "Equatorial Guinea"),
    ("GR", "GRC", "Grécia", "Greece"),
    ("GS", "SGS", "Ilhas Geórgia do Sul e Sandwich do Sul", "South Georgia and South Sandwich Islands"),
    ("GT", "GTM", "Guatemala", "Guatemala"),
    ("GU", "GUM", "Guame", "Guam"),
    ("GW", "GNB", "Guiné-Bissau", "Guinea-Bissau"),
    ("GY", "GUY", "Guiana", "Guyana"),
    ("HK", "HKG", "Hong Kong", "Hong Kong"),
    ("HM", "HMD", "Ilhas Heard e McDonald", "Heard Island and McDonald Islands"),
    ("HN", "HND", "Honduras", "Honduras"),
    ("HR", "HRV", "Croácia", "Croatia"),
    ("HT", "HTI", "Haiti", "Haiti"),
    ("HU", "HUN", "Hungria", "Hungary"),
    ("ID", "IDN", "Indonésia", "Indonesia"),
    ("IE", "IRL", "Irlanda", "Ireland"),
    ("IL", "ISR", "Israel", "Israel"),
    ("IM", "IMN", "Ilha de Man", "Isle of Man"),
    ("IN", "IND", "Índia", "India"),
    ("IO", "IOT", "Território Britânico do Oceano Índico", "British Indian Ocean Territory"),
    ("IQ", "IRQ", "Iraque", "Iraq"),
    ("IR", "IRN", "Irão", "Iran"),
    ("IS", "ISL", "Islândia", "Iceland"),
    ("IT", "ITA", "Itália", "Italy"),
    ("JE", "JEY", "Jersey", "Jersey"),
    ("JM", "JAM", "Jamaica", "Jamaica"),
    ("JO", "JOR", "Jordânia", "Jordan"),
    ("JP", "JPN", "Japão", "Japan"),
    ("KE", "KEN", "Quénia", "Kenya"),
    ("KG", "KGZ", "Quirguistão", "Kyrgyzstan"),
    ("KH", "KHM", "Camboja", "Cambodia"),
    ("KI", "KIR", "Quiribáti", "Kiribati"),
    ("KM", "COM", "Comores", "Comoros"),
    ("KN", "KNA", "São Cristóvão e Neves", "Saint Kitts and Nevis"),
    ("KP", "PRK", "Coreia do Norte", "North Korea"),
    ("KR", "KOR", "Coreia do Sul", "South Korea"),
    ("KW", "KWT", "Koweit", "Kuwait"),
    ("KY", "CYM", "Ilhas Caimão", "Cayman Islands"),
    ("KZ", "KAZ", "Cazaquistão", "Kazakhstan"),
    ("LA", "LAO", "Laos", "Laos"),
    ("LB", "LBN", "Líbano", "Lebanon"),
    ("LC", "LCA", "Santa Lúcia", "Saint Lucia"),
    ("LI", "LIE", "Listenstaine", "Liechtenstein"),
    ("LK", "LKA", "Sri Lanca", "Sri Lanka"),
    ("LR", "LBR", "Libéria", "Liberia"),
    ("LS", "LSO", "Lesoto", "Lesotho"),
    ("LT", "LTU", "Lituânia", "Lithuania"),
    ("LU", "LUX", "Luxemburgo", "Luxembourg"),
    ("LV", "LVA", "Letónia", "Latvia"),
    ("LY", "LBY", "Líbia", "Libya"),
    ("MA", "MAR", "Marrocos", "Morocco"),
    ("MC", "MCO", "Mónaco", "Monaco"),
    ("MD", "MDA", "Moldávia", "Moldova"),
    ("ME", "MNE", "Montenegro", "Montenegro"),
    ("MF", "MAF", "São Martinho", "Saint Martin"),
    ("MG", "MDG", "Madagáscar", "Madagascar"),
    ("MH", "MHL", "Ilhas Marshall", "Marshall Islands"),
    ("MK", "MKD", "Macedónia do Norte", "North Macedonia"),
    ("ML", "MLI", "Mali", "Mali"),
    ("MM", "MMR", "Mianmar", "Myanmar"),
    ("MN", "MNG", "Mongólia", "Mongolia"),
    ("MO", "MAC", "Macau", "Macao"),
    ("MP", "MNP", "Ilhas Marianas do Norte", "Northern Mariana Islands"),
    ("MQ", "MTQ", "Martinica", "Martinique"),
    ("MR", "MRT", "Mauritânia", "Mauritania"),
    ("MS", "MSR", "Monserrate", "Montserrat"),
    ("MT", "MLT", "Malta", "Malta"),
    ("MU", "MUS", "Maurícia", "Mauritius"),
    ("MV", "MDV", "Maldivas", "Maldives"),
    ("MW", "MWI", "Maláui", "Malawi"),
    ("MX", "MEX", "México", "Mexico"),
    ("MY", "MYS", "Malásia", "Malaysia"),
    ("MZ", "MOZ", "Moçambique", "Mozambique"),
    ("NA", "NAM", "Namíbia", "Namibia"),
    ("NC", "NCL", "Nova Caledónia", "New Caledonia"),
    ("NE", "NER", "Níger", "Niger"),
    ("NF", "NFK", "Ilha Norfolk", "Norfolk Island"),
    ("NG", "NGA", "Nigéria", "Nigeria"),
    ("NI", "NIC", "Nicarágua", "Nicaragua"),
    ("NL", "NLD", "Países Baixos", "Netherlands"),
    ("NO", "NOR", "Noruega", "Norway"),
    ("NP", "NPL", "Nepal", "Nepal"),
    ("NR", "NRU", "Nauru", "Nauru"),
    ("NU", "NIU", "Niuê", "Niue"),
    ("NZ", "NZL", "Nova Zelândia", "New Zealand"),
    ("OM", "OMN", "Omã", "Oman"),
    ("PA", "PAN", "Panamá", "Panama"),
    ("PE", "PER", "Peru", "Peru"),
    ("PF", "PYF", "Polinésia Francesa", "French Polynesia"),
    ("PG", "PNG", "Papua-Nova Guiné", "Papua New Guinea"),
    ("PH", "PHL", "Filipinas", "Philippines"),
    ("PK", "PAK", "Paquistão", "Pakistan"),
    ("PL", "POL", "Polónia", "Poland"),
    ("PM", "SPM", "São Pedro e Miquelão", "Saint Pierre and Miquelon"),
    ("PN", "PCN", "Ilhas Pitcairn", "Pitcairn Islands"),
    ("PR", "PRI", "Porto Rico", "Puerto Rico"),
    ("PS", "PSE", "Palestina", "Palestine"),
    ("PT", "PRT", "Portugal", "Portugal"),
    ("PW", "PLW", "Palau", "Palau"),
    ("PY", "PRY", "Paraguai", "Paraguay"),
    ("QA", "QAT", "Catar", "Qatar"),
    ("RE", "REU", "Reunião", "Réunion"),
    ("RO", "ROU", "Roménia", "Romania"),
    ("RS", "SRB", "Sérvia", "Serbia"),
    ("RU", "RUS", "Rússia", "Russia"),
    ("RW", "RWA", "Ruanda", "Rwanda"),
    ("SA", "SAU", "Arábia Saudita", "Saudi Arabia"),
    ("SB", "SLB", "Ilhas Salomão", "Solomon Islands"),
    ("SC", "SYC", "Seicheles", "Seychelles"),
    ("SD", "SDN", "Sudão", "Sudan"),
    ("SE", "SWE", "Suécia", "Sweden"),
    ("SG", "SGP", "Singapura", "Singapore"),
    ("SH", "SHN", "Santa Helena", "Saint Helena"),
    ("SI", "SVN", "Eslovénia", "Slovenia"),
    ("SJ", "SJM", "Svalbard e Jan Mayen", "Svalbard and Jan Mayen"),
    ("SK", "SVK", "Eslováquia", "Slovakia"),
    ("SL", "SLE", "Serra Leoa", "Sierra Leone"),
    ("SM", "SMR", "São Marinho", "San Marino"),
    ("SN", "SEN", "Senegal", "Senegal"),
    ("SO", "SOM", "Somália", "Somalia"),
    ("SR", "SUR", "Suriname", "Suriname"),
    ("SS", "SSD", "Sudão do Sul", "South Sudan"),
    ("ST", "STP", "São Tomé e Príncipe", "São Tomé and Príncipe"),
    ("SV", "SLV", "Salvador", "El Salvador"),
    ("SX", "SXM", "Sint Maarten", "Sint Maarten"),
    ("SY", "SYR", "Síria", "Syria"),
    ("SZ", "SWZ", "Essuatíni", "Eswatini"),
    ("TC", "TCA", "Ilhas Turcas e Caicos", "Turks and Caicos Islands"),
    ("TD", "TCD", "Chade", "Chad"),
    ("TF", "ATF", "Territórios Austrais Franceses", "French Southern Territories"),
    ("TG", "TGO", "Togo", "Togo"),
    ("TH", "THA", "Tailândia", "Thailand"),
    ("TJ", "TJK", "Tajiquistão", "Tajikistan"),
    ("TK", "TKL", "Toquelau", "Tokelau"),
    ("TL", "TLS", "Timor-Leste", "Timor-Leste"),
    ("TM", "TKM", "Turquemenistão", "Turkmenistan"),
    ("TN", "TUN", "Tunísia", "Tunisia"),
    ("TO", "TON", "Tonga", "Tonga"),
    ("TR", "TUR", "Turquia", "Türkiye"),
    ("TT", "TTO", "Trindade e Tobago", "Trinidad and Tobago"),
    ("TV", "TUV", "Tuvalu", "Tuvalu"),
    ("TW", "TWN", "Taiwan", "Taiwan"),
    ("TZ", "TZA", "Tanzânia", "Tanzania"),
    ("UA", "UKR", "Ucrânia", "Ukraine"),
    ("UG", "UGA", "Uganda", "Uganda"),
    ("UM", "UMI", "Ilhas Menores Afastadas dos Estados Unidos", "United States Minor Outlying Islands"),
    ("US", "USA", "Estados Unidos da América", "United States of America"),
    ("UY", "URY", "Uruguai", "Uruguay"),
    ("UZ", "UZB", "Usbequistão", "Uzbekistan"),
    ("VA", "VAT", "Cidade do Vaticano", "Vatican City"),
    ("VC", "VCT", "São Vicente e Granadinas", "Saint Vincent and the Grenadines"),
    ("VE", "VEN", "Venezuela", "Venezuela"),
    ("VG", "VGB", "Ilhas Virgens Britânicas", "British Virgin Islands"),
    ("VI", "VIR", "Ilhas Virgens dos Estados Unidos", "United States Virgin Islands"),
    ("VN", "VNM", "Vietname", "Vietnam"),
    ("VU", "VUT", "Vanuatu", "Vanuatu"),
    ("WF", "WLF", "Wallis e Futuna", "Wallis and Futuna"),
    ("WS", "WSM", "Samoa", "Samoa"),
    ("YE", "YEM", "Iémen", "Yemen"),
    ("YT", "MYT", "Maiote", "Mayotte"),
    ("ZA", "ZAF", "África do Sul", "South Africa"),
    ("ZM", "ZMB", "Zâmbia", "Zambia"),
    ("ZW", "ZWE", "Zimbabué", "Zimbabwe"),
];

/// Other names in use: short and former ones, and the own names of countries where many holders live.
const OTHER_NAMES: [(&str, &[&str]); 27] = [
    ("AT", &["Österreich"]),
    ("BE", &["België", "Belgique"]),
    ("BR", &["Brasil"]),
    ("CH", &["Schweiz", "Suisse", "Svizzera"]),
    ("CV", &["Cabo Verde"]),
    ("CZ", &["República Checa", "Czech Republic", "Česko"]),
    ("DE", &["Deutschland"]),
    ("DK", &["Danmark"]),
    ("ES", &["España"]),
    ("FI", &["Suomi"]),
    ("GB", &["UK", "Grã-Bretanha", "Great Britain"]),
    ("IT", &["Italia"]),
    ("CI", &["Ivory Coast"]),
    ("KR", &["República da Coreia", "Republic of Korea"]),
    ("LU", &["Luxemburg"]),
    ("MO", &["Macau"]),
    ("NL", &["Holanda", "Holland", "The Netherlands", "Nederland"]),
    ("NO", &["Norge"]),
    ("PL", &["Polska"]),
    ("PT", &["República Portuguesa"]),
    ("RO", &["România"]),
    ("RU", &["Federação Russa", "Russian Federation"]),
    ("SE", &["Sverige"]),
    ("SZ", &["Suazilândia", "Swaziland"]),
    ("TR", &["Turkey"]),
    ("UA", &["Україна"]),
    ("US", &["EUA", "Estados Unidos", "United States"]),
];

/// A country by its ISO 3166-1 alpha-2 code, in upper case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

impl Country {
    /// Portugal, which is also the default country of an address.
    pub const PORTUGAL: Country = Country("PT");

    /// Returns the two letters.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Returns the name in a language: `Reino Unido`, `United Kingdom`.
    pub fn name(self, language: Language) -> &'static str {
        let place = COUNTRIES.binary_search_by_key(&self.0, |country| country.0);
        place.map_or(self.0, |place| match (language, COUNTRIES[place]) {
            (Language::Pt, (_, _, name, _)) | (Language::En, (_, _, _, name)) => name,
        })
    }

    /// Returns whether this is Portugal.
    pub fn is_portugal(self) -> bool {
        self == Country::PORTUGAL
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl FromStr for Country {
    type Err = ValidationError;
    fn from_str(text: &str) -> Result<Country, ValidationError> {
        let code = text.trim().to_ascii_uppercase();
        if code.is_empty() {
            return Err(ValidationError::Missing);
        }
        match COUNTRIES.binary_search_by_key(&code.as_str(), |country| country.0) {
            Ok(place) => Ok(Country(COUNTRIES[place].0)),
            Err(_) if !code.chars().all(|c| c.is_ascii_alphabetic()) => Err(ValidationError::InvalidCharacter),
            Err(_) if code.len() != 2 => Err(ValidationError::Length("2")),
            Err(_) => Err(ValidationError::UnknownWord("ISO 3166-1 alpha-2")),
        }
    }
}

/// Every name and code of three letters, without case, accents, spaces and punctuation.
static BY_NAME: LazyLock<HashMap<String, Country>> = LazyLock::new(|| {
    let own = COUNTRIES.iter().flat_map(|(code, three, pt, en)| [three, pt, en].map(|name| (*code, *name)));
    let other = OTHER_NAMES.iter().flat_map(|(code, names)| names.iter().map(|name| (*code, *name)));
    own.chain(other).map(|(code, name)| (fold_for_comparison(name), Country(code))).collect()
});

impl Written for Country {
    /// Reads a code of two or three letters, or a name in Portuguese or English.
    fn read_written(text: &str) -> Result<Country, ValidationError> {
        text.parse().or_else(|cause| match BY_NAME.get(&fold_for_comparison(text)) {
            Some(country) => Ok(*country),
            None if cause == ValidationError::Missing => Err(cause),
            None => Err(ValidationError::Format("a country")),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    #[test]
    fn country_is_an_iso_3166_code() {
        assert!(COUNTRIES.is_sorted_by_key(|country| country.0));
        for (code, ..) in COUNTRIES {
            assert_eq!(code.parse::<Country>().map(Country::as_str), Ok(code));
        }
        assert_eq!(" pt ".parse::<Country>(), Ok(Country::PORTUGAL));
        assert!(!"es".parse::<Country>().expect("Spain").is_portugal());
        for (text, cause) in [
            ("", ValidationError::Missing),
            ("PRT", ValidationError::Length("2")),
            ("P1", ValidationError::InvalidCharacter),
            ("é", ValidationError::InvalidCharacter),
            ("UK", ValidationError::UnknownWord("ISO 3166-1 alpha-2")),
        ] {
            assert_eq!(text.parse::<Country>(), Err(cause), "{text}");
        }
    }

    #[test]
    fn no_name_belongs_to_two_countries() {
        let mut countries = BTreeMap::new();
        let own = COUNTRIES.iter().flat_map(|(code, three, pt, en)| [code, three, pt, en].map(|name| (*code, *name)));
        let other = OTHER_NAMES.iter().flat_map(|(code, names)| names.iter().map(|name| (*code, *name)));
        for (code, name) in own.chain(other) {
            let earlier = countries.insert(fold_for_comparison(name), code);
            assert!(earlier.is_none_or(|earlier| earlier == code), "{name}: {earlier:?} and {code}");
            assert_eq!(Country::read_written(name).map(Country::as_str), Ok(code), "{name}");
        }
    }

    #[test]
    fn every_country_has_two_names_that_no_other_country_has() {
        for language in [Language::Pt, Language::En] {
            let name = |code: &str| code.parse::<Country>().expect("a country").name(language);
            let names: BTreeSet<&str> = COUNTRIES.iter().map(|(code, ..)| name(code)).collect();
            assert_eq!(names.len(), COUNTRIES.len());
            for name in names {
                let is_plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
                assert!(name.len() > 3 && name.chars().all(is_plain), "{name}");
            }
        }
        let names = |code: &str| {
            let country: Country = code.parse().expect("a country");
            [Language::Pt, Language::En].map(|language| country.name(language))
        };
        assert_eq!(names("GB"), ["Reino Unido", "United Kingdom"]);
        assert_eq!(names("LU"), ["Luxemburgo", "Luxembourg"]);
        assert_eq!(names("EE"), ["Estónia", "Estonia"]);
    }
}
