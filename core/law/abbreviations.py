"""The words that the Bluebook cuts short in case names (tables T6 and T10), both ways.

One table serves the citation that is printed and the comparison of a name as written with the name
the library holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

# Bluebook T6, the words that occur in captions: word, then its short form.
_T6 = """
Academy Acad.|Administration Admin.|Administrative Admin.|Administrator Adm'r|Administratrix Adm'x
Advertising Advert.|Agricultural Agric.|Agriculture Agric.|Alliance All.|Alternative Alt.
America Am.|American Am.|and &|Associate Assoc.|Association Ass'n|Atlantic Atl.|Attorney Att'y
Authority Auth.|Automobile Auto.|Automotive Auto.|Avenue Ave.|Board Bd.|Broadcasting Broad.
Brothers Bros.|Brotherhood Bhd.|Building Bldg.|Business Bus.|Casualty Cas.|Center Ctr.|Centre Ctr.
Central Cent.|Chemical Chem.|Circuit Cir.|Civil Civ.|Coalition Coal.|College Coll.
Commission Comm'n|Commissioner Comm'r|Commissioners Comm'rs|Committee Comm.|Commodity Commodity
Communication Commc'n|Communications Commc'ns|Community Cmty.|Company Co.|Compensation Comp.
Computer Comput.|Condominium Condo.|Conference Conf.|Congress Cong.|Congressional Cong.
Consolidated Consol.|Constitution Const.|Construction Constr.|Consumer Consumer|Continental Cont'l
Contractor Contr.|Cooperative Coop.|Corporation Corp.|Correction Corr.|Correctional Corr.
Corrections Corr.|Cosmetic Cosm.|Council Council|County Cnty.|Court Ct.|Criminal Crim.|Defense Def.
Department Dep't|Detention Det.|Development Dev.|Director Dir.|Discount Disc.|Distributing Distrib.
Distribution Distrib.|Distributor Distrib.|District Dist.|Division Div.|East E.|Eastern E.
Economic Econ.|Economics Econ.|Education Educ.|Educational Educ.|Electric Elec.|Electrical Elec.
Electricity Elec.|Electronic Elec.|Electronics Elecs.|Employee Emp.|Employees Emps.|Employer Emp.
Employers Emps.|Employment Emp.|Energy Energy|Engineer Eng'r|Engineering Eng'g|Enterprise Enter.
Enterprises Enters.|Entertainment Ent.|Environment Env't|Environmental Env't|Equality Equal.
Equipment Equip.|Estate Est.|Europe Eur.|European Eur.|Examiner Exam'r|Exchange Exch.
Executive Exec.|Executor Ex'r|Executrix Ex'x|Export Exp.|Exporter Exp.|Federal Fed.
Federation Fed'n|Fidelity Fid.|Finance Fin.|Financial Fin.|Financing Fin.|Foundation Found.
General Gen.|Government Gov't|Group Grp.|Guaranty Guar.|Health Health|Hospital Hosp.
Hospitals Hosps.|Housing Hous.|Human Hum.|Immigration Immigr.|Import Imp.|Importer Imp.
Incorporated Inc.|Indemnity Indem.|Independent Indep.|Industrial Indus.|Industries Indus.
Industry Indus.|Information Info.|Institute Inst.|Institution Inst.|Insurance Ins.
Integrated Integr.|International Int'l|Investment Inv.|Investments Invs.|Investors Invs.
Island Is.|Islands Is.|Judicial Jud.|Justice Just.|Laboratory Lab'y|Laboratories Lab'ys
Liability Liab.|Library Libr.|Limited Ltd.|Litigation Litig.|Local Loc.|Machine Mach.
Machinery Mach.|Maintenance Maint.|Management Mgmt.|Manufacturer Mfr.|Manufacturers Mfrs.
Manufacturing Mfg.|Maritime Mar.|Market Mkt.|Marketing Mktg.|Mechanical Mech.|Medical Med.
Medicine Med.|Memorial Mem'l|Merchandise Merch.|Merchant Merch.|Merchants Merchs.
Metropolitan Metro.|Military Mil.|Mineral Min.|Mortgage Mortg.|Municipal Mun.|Municipality Mun.
Mutual Mut.|National Nat'l|Natural Nat.|North N.|Northeast Ne.|Northeastern Ne.|Northern N.
Northwest Nw.|Northwestern Nw.|Number No.|Office Off.|Opinion Op.|Organization Org.|Pacific Pac.
Partnership P'ship|Patent Pat.|Person Pers.|Personal Pers.|Personnel Pers.|Petroleum Petrol.
Pharmaceutical Pharm.|Pharmaceuticals Pharms.|Planning Plan.|Policy Pol'y|Power Power
Preservation Pres.|Privacy Priv.|Private Priv.|Probation Prob.|Product Prod.|Products Prods.
Production Prod.|Professional Pro.|Professor Professor|Project Proj.|Property Prop.
Properties Props.|Protection Prot.|Public Pub.|Publication Publ'n|Publishing Publ'g
Railroad R.R.|Railway Ry.|Records Recs.|Recreation Rec.|Refining Refin.|Regional Reg'l
Regulation Regul.|Regulatory Regul.|Rehabilitation Rehab.|Relations Rels.|Representative Rep.
Republic Rep.|Research Rsch.|Reservation Rsrv.|Reserve Rsrv.|Resolution Resol.|Resource Res.
Resources Res.|Restaurant Rest.|Retirement Ret.|Road Rd.|Savings Sav.|School Sch.|Schools Schs.
Science Sci.|Scientific Sci.|Secretary Sec'y|Security Sec.|Securities Sec.|Senate S.|Senior Sr.
Service Serv.|Services Servs.|Shareholder S'holder|Social Soc.|Society Soc'y|Solicitor Solic.
Solution Sol.|Solutions Sols.|South S.|Southeast Se.|Southeastern Se.|Southern S.|Southwest Sw.
Southwestern Sw.|Special Spec.|Standard Standard|State State|Station Station|Steamship S.S.
Street St.|Studies Stud.|Subcommittee Subcomm.|Superintendent Superintendent|Superior Super.
Supreme Sup.|Surety Sur.|System Sys.|Systems Sys.|Technical Tech.|Technology Tech.
Technologies Techs.|Telecommunication Telecomm.|Telecommunications Telecomms.|Telegraph Tel.
Telephone Tel.|Temporary Temp.|Township Twp.|Transcontinental Transcon.|Transport Transp.
Transportation Transp.|Trustee Tr.|Turnpike Tpk.|Uniform Unif.|Union Union|University Univ.
Unemployment Unemp.|Utility Util.|Utilities Utils.|Village Vill.|West W.|Western W.
Workers Workers
"""
# Bluebook T10, states as parts of a name ("Mass. Bonding & Ins. Co."); a state alone is not cut.
_T10 = """
Alabama Ala.|Arizona Ariz.|Arkansas Ark.|California Cal.|Colorado Colo.|Connecticut Conn.
Delaware Del.|Florida Fla.|Georgia Ga.|Illinois Ill.|Indiana Ind.|Kansas Kan.|Kentucky Ky.
Louisiana La.|Maine Me.|Maryland Md.|Massachusetts Mass.|Michigan Mich.|Minnesota Minn.
Mississippi Miss.|Missouri Mo.|Montana Mont.|Nebraska Neb.|Nevada Nev.|Oklahoma Okla.|Oregon Or.
Pennsylvania Pa.|Tennessee Tenn.|Texas Tex.|Vermont Vt.|Virginia Va.|Washington Wash.
Wisconsin Wis.|Wyoming Wyo.|Alaska Alaska|Hawaii Haw.|Idaho Idaho|Iowa Iowa|Ohio Ohio|Utah Utah
"""


def _read(table: str) -> dict[str, str]:
    rows = [row for line in table.split("\n") for row in line.split("|") if row]
    return dict(row.split(" ", 1) for row in rows)


CASE_NAME_WORDS: Mapping[str, str] = MappingProxyType(_read(_T6))
STATES: Mapping[str, str] = MappingProxyType(_read(_T10))

# Short forms that captions use beside the Bluebook's.
_OTHERS = """
assn Association|assoc Association|natl National|intl International|dept Department|govt Government
commr Commissioner|commn Commission|cty County|county County|ed Education|sec Secretary
secy Secretary|mfg Manufacturing|hosp Hospital|bros Brothers|bd Board|fedn Federation|fed Federal
ctr Center
atty Attorney|dist District|univ University|rr Railroad|ry Railway|r.r Railroad|ins Insurance
supt Superintendent|twp Township|pub Public|serv Service|comm Commission|corp Corporation
inc Incorporated|co Company|ltd Limited|elec Electric|telephone Telephone|tel Telephone
cal California|ill Illinois|mass Massachusetts|ore Oregon|penn Pennsylvania|sch School|dir Director
admr Administrator
"""


def _stems() -> dict[str, str]:
    """Every spelling, small and without points and apostrophes, to one stem."""
    stems: dict[str, str] = {}
    for word, short in (*CASE_NAME_WORDS.items(), *STATES.items()):
        stem = _plain(short)
        stems.setdefault(_plain(word), stem)
        stems.setdefault(stem, stem)
    for short, word in _read(_OTHERS).items():
        stems[_plain(short)] = stems.get(_plain(word), _plain(word))
    return stems


def _plain(word: str) -> str:
    return re.sub(r"[.'’]", "", word).casefold()


STEMS: Mapping[str, str] = MappingProxyType(_stems())
