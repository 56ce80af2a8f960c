"""Which generated numbers are valid, by python-stdnum 2.2, phonenumbers and ipaddress, which share no code with Tessera.

    pip install python-stdnum==2.2 phonenumbers && python personal-data.py > personal-data.json

Bodies come from the seeded generator that test/tables/quality/personal.test.ts repeats (mulberry32, one template a kind). The
file holds, for each body, only the check sign that makes it valid: every other sign is a near miss.
"""
import ipaddress, json, random
import phonenumbers
from stdnum import iban, luhn, mac
from stdnum.de import idnr
from stdnum.fr import nir
from stdnum.es import dni, nie
from stdnum.it import codicefiscale
from stdnum.nl import bsn
from stdnum.be import nn
from stdnum.pt import nif
from stdnum.ch import ssn as ahv
from stdnum.at import vnr
from stdnum.se import personnummer
from stdnum.pl import pesel
from stdnum.fi import hetu
from stdnum.no import fodselsnummer
from stdnum.cz import rc
from stdnum.bg import egn
from stdnum.ro import cnp
from stdnum.ee import ik
from stdnum.hr import oib
from stdnum.tr import tckimlik
from stdnum.gb import nhs
from stdnum.us import ssn, itin
from stdnum.ca import sin
from stdnum.br import cpf
from stdnum.in_ import aadhaar, pan
from stdnum.au import tfn
from stdnum.cn import ric
from stdnum.za import idnr as zaid
from stdnum.mx import curp
from stdnum.cl import rut
from stdnum.ar import cuit

BODIES = 1100
DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mulberry32(seed):
    state = seed & 0xFFFFFFFF
    imul = lambda a, b: (a * b) & 0xFFFFFFFF
    while True:
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        t = imul(state ^ (state >> 15), state | 1)
        t ^= (t + imul(t ^ (t >> 7), t | 61)) & 0xFFFFFFFF
        yield ((t ^ (t >> 14)) & 0xFFFFFFFF) / 2**32


def body(template, draw):
    """# digit, @ letter, y m d year month day of two digits, Y year of four; ? check digit, ! check sign; the rest as it is."""
    out = []
    for sign in template:
        if sign == "#":
            out.append(DIGITS[int(next(draw) * 10)])
        elif sign == "@":
            out.append(LETTERS[int(next(draw) * 26)])
        elif sign == "y":
            out.append(f"{int(next(draw) * 100):02d}")
        elif sign == "Y":
            out.append(f"{1930 + int(next(draw) * 90)}")
        elif sign == "m":
            out.append(f"{1 + int(next(draw) * 12):02d}")
        elif sign == "d":
            out.append(f"{1 + int(next(draw) * 28):02d}")
        elif sign == "M":
            out.append("ABCDEHLMPRST"[int(next(draw) * 12)])
        elif sign == "C":
            out.append("BCDFGHJKLMNPQRSTVWXYZ"[int(next(draw) * 21)])
        else:
            out.append(sign)
    return "".join(out)


card = lambda text: luhn.is_valid(text)
KINDS = [
    ("card", "4##############?", card), ("card", "5275###########?", card), ("card", "37############?", card),
    ("iban", "DE??##################", iban.is_valid), ("iban", "GB??NWBK##############", iban.is_valid),
    ("iban", "FR??####################5##", lambda t: iban.is_valid(t, check_country=False)),
    ("de-steuer-id", None, idnr.is_valid), ("fr-nir", "1ym75######??", nir.is_valid),
    ("es-dni", "########!", dni.is_valid), ("es-dni", "X#######!", nie.is_valid),
    ("it-codice-fiscale", "CCCCCCyMdH###!", codicefiscale.is_valid), ("nl-bsn", "########?", bsn.is_valid),
    ("be-national", "8#md###??", nn.is_valid), ("be-national", "1#md###??", nn.is_valid), ("pt-nif", "2#######?", nif.is_valid), ("ch-ahv", "756#########?", ahv.is_valid),
    ("at-svnr", "1##?dmy", vnr.is_valid), ("se-personnummer", "ymd-###?", personnummer.is_valid),
    ("pl-pesel", "ymd####?", pesel.is_valid), ("fi-hetu", "dmy-###!", hetu.is_valid),
    ("no-fodselsnummer", "dm8####??", fodselsnummer.is_valid), ("no-fodselsnummer", "dm1####??", fodselsnummer.is_valid), ("cz-rodne-cislo", "ymd###?", rc.is_valid),
    ("bg-egn", "ymd###?", egn.is_valid), ("ro-cnp", "1ymd12###?", cnp.is_valid), ("ee-isikukood", "3ymd###?", ik.is_valid),
    ("hr-oib", "##########?", oib.is_valid), ("tr-tckn", "1########??", tckimlik.is_valid), ("uk-nhs", "4########?", nhs.is_valid),
    ("ca-sin", "5#######?", sin.is_valid), ("br-cpf", "#########??", cpf.is_valid), ("in-aadhaar", "7##########?", aadhaar.is_valid),
    ("au-tfn", "########?", tfn.is_valid), ("cn-ric", "110108Ymd###!", ric.is_valid), ("za-id", "ymd####08?", zaid.is_valid),
    ("mx-curp", "CACCymdHDFCCC0?", curp.is_valid), ("cl-rut", "1#######!", rut.is_valid), ("ar-cuit", "20########?", cuit.is_valid),
]
KINDS = [(kind, template or "##########?", valid) for kind, template, valid in KINDS]


def candidates(text):
    if "??" in text:
        return [(f"{i:02d}", text.replace("??", f"{i:02d}")) for i in range(100)]
    if "?" in text:
        return [(sign, text.replace("?", sign)) for sign in DIGITS]
    return [(sign, text.replace("!", sign)) for sign in DIGITS + LETTERS]


def checked():
    out = []
    for seed, (kind, template, valid) in enumerate(KINDS):
        draw = mulberry32(seed + 1)
        width = 2 if "??" in template else 1
        checks, more = [], {}
        for i in range(BODIES):
            text = body(template, draw)
            if kind == "de-steuer-id":  # the first ten digits: all but one of the ten, one twice
                order = list(DIGITS)
                for j in range(9, 0, -1):
                    k = int(next(draw) * (j + 1))
                    order[j], order[k] = order[k], order[j]
                order[9] = order[int(next(draw) * 9)]
                text = "".join(order) + "?"
            signs = [sign for sign, candidate in candidates(text) if valid(candidate)]
            checks.append((signs or ["-" * width])[0])
            if len(signs) > 1:
                more[i] = signs[1:]
        out.append({"kind": kind, "template": template, "checks": "".join(checks), "more": more})
    return out


def mac_format(text):
    try:
        return bool(mac.validate(text, validate_manufacturer=False))
    except Exception:
        return False


def listed():
    """Kinds without a check sign: the texts themselves."""
    draw = random.Random(7)
    pick = lambda signs: draw.choice(signs)
    fill = lambda template: "".join(pick(DIGITS) if s == "#" else pick(LETTERS) if s == "@" else s for s in template)
    rows = {}
    def keep(kind, make, valid, size=1000):
        good, bad = [], []
        while len(good) < size or len(bad) < size:
            text = make()
            into = good if valid(text) else bad
            if len(into) < size:
                into.append(text)
        rows[kind] = {"valid": good, "near": bad}
    near = lambda *templates: (lambda: fill(pick(templates)))
    keep("us-ssn", near("###-##-####", "9##-##-####", "000-##-####", "666-##-####", "###-00-####", "###-##-0000"), ssn.is_valid)
    keep("us-itin", near("9##-7#-####", "9##-9#-####", "9##-4#-####", "###-7#-####", "9##-1#-####"), itin.is_valid)  # the IRS gives out 50 to 65 too, which stdnum does not know: left out
    keep("in-pan", near("@@@P@####@", "@@@C@####@", "@@@@@####@"), pan.is_valid)
    is_mac = lambda text: len(text) == 17 and mac_format(text)
    keep("mac", lambda: ":".join(fill(pick(["##", "A#", "#F", "BD"])) for _ in range(pick([5, 6, 6, 6, 7]))), is_mac)
    def is_ip(version):
        def check(text):
            try:
                return ipaddress.ip_address(text).version == version
            except ValueError:
                return False
        return check
    keep("ipv4", lambda: ".".join(str(draw.randrange(pick([256, 256, 256, 300]))) for _ in range(pick([4, 4, 4, 3, 5]))), is_ip(4))
    def v6():
        groups = [f"{draw.randrange(65536):x}" for _ in range(pick([8, 8, 5, 7, 9]))]
        if draw.random() < 0.5:
            groups[draw.randrange(1, len(groups) - 1)] = ""
        return ":".join(groups)
    keep("ipv6", v6, is_ip(6))
    regions = sorted(phonenumbers.SUPPORTED_REGIONS)
    def phone():
        region = pick(regions)
        example = phonenumbers.example_number_for_type(region, pick([0, 1]))
        if example is None:
            return "+"
        text = str(example.national_number)
        text = text[:-3] + "".join(pick(DIGITS) for _ in range(3))
        number = phonenumbers.parse(f"+{example.country_code}{text}")
        if not phonenumbers.is_valid_number(number):
            return "+"
        style = pick([phonenumbers.PhoneNumberFormat.E164, phonenumbers.PhoneNumberFormat.INTERNATIONAL])
        return phonenumbers.format_number(number, style)
    good = []
    while len(good) < 1000:
        text = phone()
        if text != "+":
            good.append(text)
    rows["phone"] = {"valid": good, "near": []}
    return rows


print(json.dumps({"checked": checked(), "listed": listed()}, separators=(",", ":")))
