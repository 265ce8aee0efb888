//! Countries and their names.

use std::fmt;
use std::str::FromStr;

use super::validation_error::ValidationError;
use super::vocabulary::Language;

/// The 249 codes of ISO 3166-1 alpha-2, sorted (from the tz database's iso3166.tab), with the Portuguese and the English
/// name.
///
/// The names are those of the Unicode CLDR for pt-PT and en-GB, without remarks in brackets and abbreviations. Where
/// those are ambiguous on an envelope (the two Congos), they are the official ones.
const COUNTRIES: [(&str, &str, &str); 249] = [
    ("AD", "Andorra", "Andorra"),
    ("AE", "Emirados Árabes Unidos", "United Arab Emirates"),
    ("AF", "Afeganistão", "Afghanistan"),
    ("AG", "Antígua e Barbuda", "Antigua and Barbuda"),
    ("AI", "Anguila", "Anguilla"),
    ("AL", "Albânia", "Albania"),
    ("AM", "Arménia", "Armenia"),
    ("AO", "Angola", "Angola"),
    ("AQ", "Antártida", "Antarctica"),
    ("AR", "Argentina", "Argentina"),
    ("AS", "Samoa Americana", "American Samoa"),
    ("AT", "Áustria", "Austria"),
    ("AU", "Austrália", "Australia"),
    ("AW", "Aruba", "Aruba"),
    ("AX", "Alanda", "Åland Islands"),
    ("AZ", "Azerbaijão", "Azerbaijan"),
    ("BA", "Bósnia e Herzegovina", "Bosnia and Herzegovina"),
    ("BB", "Barbados", "Barbados"),
    ("BD", "Bangladeche", "Bangladesh"),
    ("BE", "Bélgica", "Belgium"),
    ("BF", "Burquina Faso", "Burkina Faso"),
    ("BG", "Bulgária", "Bulgaria"),
    ("BH", "Barém", "Bahrain"),
    ("BI", "Burundi", "Burundi"),
    ("BJ", "Benim", "Benin"),
    ("BL", "São Bartolomeu", "Saint Barthélemy"),
    ("BM", "Bermudas", "Bermuda"),
    ("BN", "Brunei", "Brunei"),
    ("BO", "Bolívia", "Bolivia"),
    ("BQ", "Países Baixos Caribenhos", "Caribbean Netherlands"),
    ("BR", "Brasil", "Brazil"),
    ("BS", "Baamas", "Bahamas"),
    ("BT", "Butão", "Bhutan"),
    ("BV", "Ilha Bouvet", "Bouvet Island"),
    ("BW", "Botsuana", "Botswana"),
    ("BY", "Bielorrússia", "Belarus"),
    ("BZ", "Belize", "Belize"),
    ("CA", "Canadá", "Canada"),
    ("CC", "Ilhas dos Cocos", "Cocos Islands"),
    ("CD", "República Democrática do Congo", "Democratic Republic of the Congo"),
    ("CF", "República Centro-Africana", "Central African Republic"),
    ("CG", "República do Congo", "Republic of the Congo"),
    ("CH", "Suíça", "Switzerland"),
    ("CI", "Costa do Marfim", "Côte d'Ivoire"),
    ("CK", "Ilhas Cook", "Cook Islands"),
    ("CL", "Chile", "Chile"),
    ("CM", "Camarões", "Cameroon"),
    ("CN", "China", "China"),
    ("CO", "Colômbia", "Colombia"),
    ("CR", "Costa Rica", "Costa Rica"),
    ("CU", "Cuba", "Cuba"),
    ("CV", "Cabo Verde", "Cape Verde"),
    ("CW", "Curaçau", "Curaçao"),
    ("CX", "Ilha do Natal", "Christmas Island"),
    ("CY", "Chipre", "Cyprus"),
    ("CZ", "Chéquia", "Czechia"),
    ("DE", "Alemanha", "Germany"),
    ("DJ", "Jibuti", "Djibouti"),
    ("DK", "Dinamarca", "Denmark"),
    ("DM", "Domínica", "Dominica"),
    ("DO", "República Dominicana", "Dominican Republic"),
    ("DZ", "Argélia", "Algeria"),
    ("EC", "Equador", "Ecuador"),
    ("EE", "Estónia", "Estonia"),
    ("EG", "Egito", "Egypt"),
    ("EH", "Sara Ocidental", "Western Sahara"),
    ("ER", "Eritreia", "Eritrea"),
    ("ES", "Espanha", "Spain"),
    ("ET", "Etiópia", "Ethiopia"),
    ("FI", "Finlândia", "Finland"),
    ("FJ", "Fiji", "Fiji"),
    ("FK", "Ilhas Falkland", "Falkland Islands"),
    ("FM", "Micronésia", "Micronesia"),
    ("FO", "Ilhas Faroé", "Faroe Islands"),
    ("FR", "França", "France"),
    ("GA", "Gabão", "Gabon"),
    ("GB", "Reino Unido", "United Kingdom"),
    ("GD", "Granada", "Grenada"),
    ("GE", "Geórgia", "Georgia"),
    ("GF", "Guiana Francesa", "French Guiana"),
    ("GG", "Guernesey", "Guernsey"),
    ("GH", "Gana", "Ghana"),
    ("GI", "Gibraltar", "Gibraltar"),
    ("GL", "Gronelândia", "Greenland"),
    ("GM", "Gâmbia", "Gambia"),
    ("GN", "Guiné", "Guinea"),
    ("GP", "Guadalupe", "Guadeloupe"),
    ("GQ", "Guiné Equatorial", "Equatorial Guinea"),
    ("GR", "Grécia", "Greece"),
    ("GS", "Ilhas Geórgia do Sul e Sandwich do Sul", "South Georgia and South Sandwich Islands"),
    ("GT", "Guatemala", "Guatemala"),
    ("GU", "Guame", "Guam"),
    ("GW", "Guiné-Bissau", "Guinea-Bissau"),
    ("GY", "Guiana", "Guyana"),
    ("HK", "Hong Kong", "Hong Kong"),
    ("HM", "Ilhas Heard e McDonald", "Heard Island and McDonald Islands"),
    ("HN", "Honduras", "Honduras"),
    ("HR", "Croácia", "Croatia"),
    ("HT", "Haiti", "Haiti"),
    ("HU", "Hungria", "Hungary"),
    ("ID", "Indonésia", "Indonesia"),
    ("IE", "Irlanda", "Ireland"),
    ("IL", "Israel", "Israel"),
    ("IM", "Ilha de Man", "Isle of Man"),
    ("IN", "Índia", "India"),
    ("IO", "Território Britânico do Oceano Índico", "British Indian Ocean Territory"),
    ("IQ", "Iraque", "Iraq"),
    ("IR", "Irão", "Iran"),
    ("IS", "Islândia", "Iceland"),
    ("IT", "Itália", "Italy"),
    ("JE", "Jersey", "Jersey"),
    ("JM", "Jamaica", "Jamaica"),
    ("JO", "Jordânia", "Jordan"),
    ("JP", "Japão", "Japan"),
    ("KE", "Quénia", "Kenya"),
    ("KG", "Quirguistão", "Kyrgyzstan"),
    ("KH", "Camboja", "Cambodia"),
    ("KI", "Quiribáti", "Kiribati"),
    ("KM", "Comores", "Comoros"),
    ("KN", "São Cristóvão e Neves", "Saint Kitts and Nevis"),
    ("KP", "Coreia do Norte", "North Korea"),
    ("KR", "Coreia do Sul", "South Korea"),
    ("KW", "Koweit", "Kuwait"),
    ("KY", "Ilhas Caimão", "Cayman Islands"),
    ("KZ", "Cazaquistão", "Kazakhstan"),
    ("LA", "Laos", "Laos"),
    ("LB", "Líbano", "Lebanon"),
    ("LC", "Santa Lúcia", "Saint Lucia"),
    ("LI", "Listenstaine", "Liechtenstein"),
    ("LK", "Sri Lanca", "Sri Lanka"),
    ("LR", "Libéria", "Liberia"),
    ("LS", "Lesoto", "Lesotho"),
    ("LT", "Lituânia", "Lithuania"),
    ("LU", "Luxemburgo", "Luxembourg"),
    ("LV", "Letónia", "Latvia"),
    ("LY", "Líbia", "Libya"),
    ("MA", "Marrocos", "Morocco"),
    ("MC", "Mónaco", "Monaco"),
    ("MD", "Moldávia", "Moldova"),
    ("ME", "Montenegro", "Montenegro"),
    ("MF", "São Martinho", "Saint Martin"),
    ("MG", "Madagáscar", "Madagascar"),
    ("MH", "Ilhas Marshall", "Marshall Islands"),
    ("MK", "Macedónia do Norte", "North Macedonia"),
    ("ML", "Mali", "Mali"),
    ("MM", "Mianmar", "Myanmar"),
    ("MN", "Mongólia", "Mongolia"),
    ("MO", "Macau", "Macao"),
    ("MP", "Ilhas Marianas do Norte", "Northern Mariana Islands"),
    ("MQ", "Martinica", "Martinique"),
    ("MR", "Mauritânia", "Mauritania"),
    ("MS", "Monserrate", "Montserrat"),
    ("MT", "Malta", "Malta"),
    ("MU", "Maurícia", "Mauritius"),
    ("MV", "Maldivas", "Maldives"),
    ("MW", "Maláui", "Malawi"),
    ("MX", "México", "Mexico"),
    ("MY", "Malásia", "Malaysia"),
    ("MZ", "Moçambique", "Mozambique"),
    ("NA", "Namíbia", "Namibia"),
    ("NC", "Nova Caledónia", "New Caledonia"),
    ("NE", "Níger", "Niger"),
    ("NF", "Ilha Norfolk", "Norfolk Island"),
    ("NG", "Nigéria", "Nigeria"),
    ("NI", "Nicarágua", "Nicaragua"),
    ("NL", "Países Baixos", "Netherlands"),
    ("NO", "Noruega", "Norway"),
    ("NP", "Nepal", "Nepal"),
    ("NR", "Nauru", "Nauru"),
    ("NU", "Niuê", "Niue"),
    ("NZ", "Nova Zelândia", "New Zealand"),
    ("OM", "Omã", "Oman"),
    ("PA", "Panamá", "Panama"),
    ("PE", "Peru", "Peru"),
    ("PF", "Polinésia Francesa", "French Polynesia"),
    ("PG", "Papua-Nova Guiné", "Papua New Guinea"),
    ("PH", "Filipinas", "Philippines"),
    ("PK", "Paquistão", "Pakistan"),
    ("PL", "Polónia", "Poland"),
    ("PM", "São Pedro e Miquelão", "Saint Pierre and Miquelon"),
    ("PN", "Ilhas Pitcairn", "Pitcairn Islands"),
    ("PR", "Porto Rico", "Puerto Rico"),
    ("PS", "Palestina", "Palestine"),
    ("PT", "Portugal", "Portugal"),
    ("PW", "Palau", "Palau"),
    ("PY", "Paraguai", "Paraguay"),
    ("QA", "Catar", "Qatar"),
    ("RE", "Reunião", "Réunion"),
    ("RO", "Roménia", "Romania"),
    ("RS", "Sérvia", "Serbia"),
    ("RU", "Rússia", "Russia"),
    ("RW", "Ruanda", "Rwanda"),
    ("SA", "Arábia Saudita", "Saudi Arabia"),
    ("SB", "Ilhas Salomão", "Solomon Islands"),
    ("SC", "Seicheles", "Seychelles"),
    ("SD", "Sudão", "Sudan"),
    ("SE", "Suécia", "Sweden"),
    ("SG", "Singapura", "Singapore"),
    ("SH", "Santa Helena", "Saint Helena"),
    ("SI", "Eslovénia", "Slovenia"),
    ("SJ", "Svalbard e Jan Mayen", "Svalbard and Jan Mayen"),
    ("SK", "Eslováquia", "Slovakia"),
    ("SL", "Serra Leoa", "Sierra Leone"),
    ("SM", "São Marinho", "San Marino"),
    ("SN", "Senegal", "Senegal"),
    ("SO", "Somália", "Somalia"),
    ("SR", "Suriname", "Suriname"),
    ("SS", "Sudão do Sul", "South Sudan"),
    ("ST", "São Tomé e Príncipe", "São Tomé and Príncipe"),
    ("SV", "Salvador", "El Salvador"),
    ("SX", "Sint Maarten", "Sint Maarten"),
    ("SY", "Síria", "Syria"),
    ("SZ", "Essuatíni", "Eswatini"),
    ("TC", "Ilhas Turcas e Caicos", "Turks and Caicos Islands"),
    ("TD", "Chade", "Chad"),
    ("TF", "Territórios Austrais Franceses", "French Southern Territories"),
    ("TG", "Togo", "Togo"),
    ("TH", "Tailândia", "Thailand"),
    ("TJ", "Tajiquistão", "Tajikistan"),
    ("TK", "Toquelau", "Tokelau"),
    ("TL", "Timor-Leste", "Timor-Leste"),
    ("TM", "Turquemenistão", "Turkmenistan"),
    ("TN", "Tunísia", "Tunisia"),
    ("TO", "Tonga", "Tonga"),
    ("TR", "Turquia", "Türkiye"),
    ("TT", "Trindade e Tobago", "Trinidad and Tobago"),
    ("TV", "Tuvalu", "Tuvalu"),
    ("TW", "Taiwan", "Taiwan"),
    ("TZ", "Tanzânia", "Tanzania"),
    ("UA", "Ucrânia", "Ukraine"),
    ("UG", "Uganda", "Uganda"),
    ("UM", "Ilhas Menores Afastadas dos Estados Unidos", "United States Minor Outlying Islands"),
    ("US", "Estados Unidos da América", "United States of America"),
    ("UY", "Uruguai", "Uruguay"),
    ("UZ", "Usbequistão", "Uzbekistan"),
    ("VA", "Cidade do Vaticano", "Vatican City"),
    ("VC", "São Vicente e Granadinas", "Saint Vincent and the Grenadines"),
    ("VE", "Venezuela", "Venezuela"),
    ("VG", "Ilhas Virgens Britânicas", "British Virgin Islands"),
    ("VI", "Ilhas Virgens dos Estados Unidos", "United States Virgin Islands"),
    ("VN", "Vietname", "Vietnam"),
    ("VU", "Vanuatu", "Vanuatu"),
    ("WF", "Wallis e Futuna", "Wallis and Futuna"),
    ("WS", "Samoa", "Samoa"),
    ("YE", "Iémen", "Yemen"),
    ("YT", "Maiote", "Mayotte"),
    ("ZA", "África do Sul", "South Africa"),
    ("ZM", "Zâmbia", "Zambia"),
    ("ZW", "Zimbabué", "Zimbabwe"),
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
            (Language::Pt, (_, name, _)) | (Language::En, (_, _, name)) => name,
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

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
