"""The words that CQC's files use, and words for an invented England: types, bands, columns, spellings, names."""

from monitor.ratings import Rating

DOMAINS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")

# For each service type: the name in the active locations (HSCA), the name in the directory, the share of all services, whether
# services of the type are rated, and the service group. Source: docs/facts/ratings.md, GAC services; docs/facts/files.md, Service
# types.
TYPES: tuple[tuple[str, str, float, bool, str], ...] = (
    ("Care home service with nursing", "Nursing homes", 0.075, True, "Care home with nursing"),
    ("Care home service without nursing", "Residential homes", 0.18, True, "Care home without nursing"),
    ("Domiciliary care service", "Homecare agencies", 0.225, True, "Homecare"),
    ("Supported living service", "Supported living", 0.03, True, "Supported living"),
    ("Extra Care housing services", "Supported housing", 0.02, True, "Extra care housing"),
    ("Shared Lives", "Shared lives", 0.003, True, "Shared Lives"),
    ("Dental service", "Dentist", 0.19, False, "Dental"),
    ("Doctors consultation service", "Doctors/GPs", 0.15, True, "General practice"),
    ("Hospice services", "Hospice", 0.007, True, "Hospice"),
    ("Diagnostic and/or screening service", "Diagnosis/screening", 0.04, True, "Diagnostics"),
    ("Acute services with overnight beds", "Hospital", 0.03, True, "Acute"),
    ("Ambulance service", "Ambulances", 0.01, True, "Ambulance"),
    ("Remote clinical advice service", "Phone/online advice", 0.02, True, "Remote advice"),
)

PUBLIC = {hsca: public for hsca, public, *_ in TYPES}

GROUP = {hsca: group for hsca, *_, group in TYPES}

RATED = {hsca for hsca, _, _, rated, _ in TYPES if rated}

COMMUNITY = ("Domiciliary care service", "Supported living service", "Extra Care housing services")

HOMES = ("Care home service with nursing", "Care home service without nursing")

# The user bands in the active locations (HSCA), and their names in the directory. Source: docs/facts/ratings.md, Specialisms.
BANDS: tuple[tuple[str, str], ...] = (
    ("Children 0-18 years", "Caring for children (0 - 18yrs)"),
    ("Dementia", "Dementia"),
    ("Learning disabilities or autistic spectrum disorder", "Learning disabilities"),
    ("Mental Health", "Mental health conditions"),
    ("Older People", "Caring for adults over 65 yrs"),
    (
        "People detained under the Mental Health Act",
        "Caring for people whose rights are restricted under the Mental Health Act",
    ),
    ("People who misuse drugs and alcohol", "Substance misuse problems"),
    ("People with an eating disorder", "Eating disorders"),
    ("Physical Disability", "Physical disabilities"),
    ("Sensory Impairment", "Sensory impairments"),
    ("Whole Population", "Services for everyone"),
    ("Younger Adults", "Caring for adults under 65 yrs"),
)

OF_BAND = dict(BANDS)

SPECIALISM = OF_BAND | {"Children 0-18 years": "Caring for children", "Sensory Impairment": "Sensory impairment"}
"""The name of each band on CQC's pages and in its API."""

MORE_TYPES = (
    "Acute services without overnight beds / listed acute services with or without overnight beds",
    "Blood and Transplant service",
    "Community based services for people who misuse substances",
    "Community based services for people with a learning disability",
    "Community based services for people with mental health needs",
    "Community health care services - Independent Midwives",
    "Community health care services - Nurses Agency only",
    "Community healthcare service",
    "Diagnostic and/or screening service - single handed sessional providers",
    "Doctors treatment service",
    "Hospice services at home",
    "Hospital services for people with mental health needs, learning disabilities and problems with substance misuse",
    "Hyperbaric Chamber",
    "Long term conditions services",
    "Mobile doctors service",
    "Prison Healthcare Services",
    "Rehabilitation services",
    "Residential substance misuse treatment and/or rehabilitation service",
    "Specialist college service",
    "Urgent care services",
)

ACTIVITIES = (
    "Accommodation for persons who require nursing or personal care",
    "Accommodation for persons who require treatment for substance misuse",
    "Assessment or medical treatment for persons detained under the Mental Health Act 1983",
    "Diagnostic and screening procedures",
    "Family planning",
    "Management of supply of blood and blood derived products",
    "Maternity and midwifery services",
    "Nursing care",
    "Personal care",
    "Services in slimming clinics",
    "Surgical procedures",
    "Termination of pregnancies",
    "Transport services, triage and medical advice provided remotely",
    "Treatment of disease, disorder or injury",
)

PLACE_COLUMNS = ("Street Address", "Address Line 2", "City", "County", "Postal Code", "PAF ID", "UPRN ID")

SERVICE_TYPES = tuple(sorted([*PUBLIC, *MORE_TYPES], key=str.casefold))

ACTIVE_COLUMNS: tuple[str, ...] = (
    *("Location ID", "Location HSCA start date", "Dormant (Y/N)", "Care home?", "Location Name", "Location ODS Code"),
    *("Location Telephone Number", "Registered manager", "Location Web Address", "Care homes beds", "Location Type/Sector"),
    *("Location Inspection Directorate", "Location Primary Inspection Category", "Location Latest Overall Rating"),
    *("Publication Date", "Inherited Rating (Y/N)", "Location Region", "Location NHS Region", "Location Local Authority"),
    *("Location ONSPD CCG Code", "Location ONSPD CCG", "Location Commissioning CCG Code", "Location Commissioning CCG"),
    *(f"Location {one}" for one in PLACE_COLUMNS),
    *("Location Latitude", "Location Longitude", "Location Parliamentary Constituency", "Brand ID", "Brand Name"),
    *("Provider Companies House Number", "Provider Charity Number", "Provider ID", "Provider Name", "Provider HSCA start date"),
    *("Provider Type/Sector", "Provider Inspection Directorate", "Provider Primary Inspection Category"),
    *("Provider Ownership Type", "Provider Telephone Number", "Provider Web Address"),
    *(f"Provider {one}" for one in PLACE_COLUMNS),
    *("Provider Local Authority", "Provider Region", "Provider NHS Region", "Provider Latitude", "Provider Longitude"),
    *("Provider Parliamentary Constituency", "Provider Nominated Individual Name", "Provider Main Partner Name"),
    *(f"Regulated activity - {one}" for one in ACTIVITIES),
    *(f"Service type - {one}" for one in SERVICE_TYPES),
    *(f"Service user band - {one}" for one, _ in BANDS),
    *("Location Dual Registered", "Primary ID (Dual registration locations)"),
)
"""The 122 columns of the active locations."""

RATED_PLACE = ("Location Street Address", "Location Address Line 2", "Location City", "Location Post Code")

RATINGS_COLUMNS: tuple[str, ...] = (
    *("Location ID", "Location ODS Code", "Location Name", "Care Home?", "Location Type", "Location Primary Inspection Category"),
    *RATED_PLACE,
    *("Location Local Authority", "Location Region", "Location NHS Region", "Location ONSPD CCG Code", "Location ONSPD CCG"),
    *("Location Commissioning CCG Code", "Location Commissioning CCG Name", "Service / Population Group", "Domain"),
    *("Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)", "URL", "Provider ID", "Provider Name"),
    *("Brand ID", "Brand Name"),
)
"""The 28 columns of the latest ratings, sheet Locations."""

PROVIDER_COLUMNS = (
    *("Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Primary Inspection Category"),
    *("Provider Street Address", "Provider Address Line 2", "Provider City", "Provider Post Code", "Provider Local Authority"),
    *("Provider Region", "Provider NHS Region", "Service / Population Group", "Domain", "Latest Rating", "Publication Date"),
    *("Report Type", "URL", "Brand ID", "Brand Name", "Provider Companies House Number"),
)

DIRECTORY_COLUMNS: tuple[str, ...] = (
    *("Name", "Also known as", "Address", "Postcode", "Phone number", "Service's website (if available)", "Service types"),
    *("Date of latest check", "Specialisms/services", "Provider name", "Local authority", "Region", "Location URL"),
    *("CQC Location ID (for office use only)", "CQC Provider ID (for office use only)"),
)
"""The 15 columns of the directory."""

# Names that the files spell differently from monitor.register.authorities. Source: docs/facts/files.md,
# Local authorities.
ACTIVE_SPELLING = {"Bedford": "Bedford Borough", "County Durham": "Durham", "St Helens": "St. Helens"}

DIRECTORY_SPELLING = {
    "Bristol": "Bristol, City of",
    "Herefordshire": "Herefordshire, County of",
    "Kingston upon Hull": "Kingston upon Hull, City of",
}

ACTIVE_REGION = {
    "London": "Greater London (ADASS Region)",
    "Yorkshire and the Humber": "Yorkshire and Humber (ADASS Region)",
}

DIRECTORY_REGION = {"Yorkshire and the Humber": "Yorkshire & Humberside"}

FIRST_WORDS = (
    *("Cherry", "Oak", "Maple", "Willow", "Rowan", "Hazel", "Abbey", "Priory", "Castle", "Mill", "River", "Meadow", "Orchard"),
    *("St Mary’s", "St John's", "Béthune", "Harbour", "Sunny", "Moor", "Park", "Victoria", "The Old", "Kingfisher", "Lark"),
)

SECOND_WORDS = (
    "brook",
    " View",
    " Court",
    " Lodge",
    " Grange",
    "field",
    " Gardens",
    " Hall",
    " House",
    "wood",
    " & Lea",
    " Manor",
)

OF_KIND = {
    "Nursing homes": "Nursing Home",
    "Residential homes": "Care Home",
    "Homecare agencies": "Homecare",
    "Supported living": "Supported Living",
    "Supported housing": "Extra Care Scheme",
    "Shared lives": "Shared Lives Scheme",
    "Dentist": "Dental Practice",
    "Doctors/GPs": "Surgery",
    "Hospice": "Hospice",
    "Hospital": "Hospital",
}

STREETS = (
    "High Street",
    "Station Road",
    "Church Lane",
    "Orchard Lane",
    "Victoria Avenue",
    "Mill Road",
    "The Green",
    "Park View",
)

TOWNS = ("Netherby", "Ashford St Giles", "Little Wickham", "Upper Marden", "Stonebridge", "Kirkby Fell", "Saltmere", "Thornley")

SCALE = (Rating.OUTSTANDING, Rating.GOOD, Rating.REQUIRES_IMPROVEMENT, Rating.INADEQUATE)
