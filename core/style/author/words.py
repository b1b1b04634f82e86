"""The words that carry style and not subject: what a writer chooses whatever the case is about."""

from __future__ import annotations

# Articles, pronouns, prepositions, conjunctions, auxiliaries and the adverbs that join and shade.
_LITTLE = """
a an the this that these those such same other another each every either neither both all any some
none no half several many much more most few fewer less least enough own one ones two first second
i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself
it its itself they them their theirs themselves who whom whose which what whatever whichever
whoever where when why how whether wherever whenever
of in to for on by with from at as into under upon about against between through before after
during within without among above below over beyond behind beside besides across along around
toward towards until till since despite except concerning regarding respecting notwithstanding
near off out up down per via amid amidst throughout onto unto inside outside like unlike than
and or but nor so yet if then because although though while whereas unless lest once
be is are was were been being am have has had having do does did doing done will would shall should
can could may might must ought need dare cannot
not never ever always often sometimes seldom rarely usually generally ordinarily typically
frequently occasionally again already still yet now today here there then thus hence therefore
thereby therefrom therein thereof thereto thereafter hereby herein hereinafter hereafter whereby
wherein whereof whereupon accordingly consequently moreover furthermore further also too likewise
similarly instead rather however nevertheless nonetheless otherwise else indeed surely certainly
clearly plainly obviously evidently apparently presumably perhaps possibly probably likely unlikely
arguably merely simply only just solely purely wholly entirely fully completely altogether quite
very extremely highly rather somewhat fairly nearly almost about approximately roughly hardly
scarcely barely even especially particularly specifically precisely exactly expressly explicitly
necessarily inevitably essentially basically largely mostly mainly primarily chiefly principally
partly finally lastly firstly secondly next last later earlier soon ago recently long far well
back away together alone apart directly immediately eventually ultimately initially originally
actually really truly indeed in fact simply anyway anything something nothing everything anyone
someone everyone nobody none anybody somebody everybody anywhere nowhere elsewhere somewhere
because until thing things way ways
alike as alas albeit amply aside best better worse worst big small great greater greatest little
large larger mere new old own past present recent same sheer sole true false whole wrong sure
able unable apt bound due easy hard possible impossible necessary unnecessary
relevant irrelevant plain clear unclear evident obvious apparent certain uncertain different
similar
""".split()
# What a writer does in arguing: the verbs and turns of argument, common to every subject.
_ARGUING = """
say says said saying tell tells told ask asks asked answer answers answered call calls called
think thinks thought believe believes believed know knows known seem seems seemed appear appears
appeared suggest suggests suggested suppose assume assumes assumed argue argues argued arguing
contend contends contended assert asserts asserted claim insist insists insisted urge urges urged
maintain maintains maintained submit submits reply replies respond responds object objects
hold holds held holding conclude concludes concluded concluding conclusion find finds found finding
decide decides decided deciding determine determines determined reject rejects rejected rejecting
accept accepts accepted agree agrees agreed disagree disagrees concur concurs doubt doubts
explain explains explained explaining explanation state states stated stating note notes noted
observe observes observed observing recognize recognizes recognized recognizing acknowledge
acknowledges acknowledged emphasize emphasizes emphasized stress stressed concede concedes conceded
admit admits mention mentions mentioned describe describes described point points pointed
show shows showed shown demonstrate demonstrates demonstrated indicate indicates indicated
reveal reveals confirm confirms confirmed establish establishes established prove proves
mean means meant meaning imply implies implied refer refers referred reference reading read reads
make makes made making take takes took taken taking give gives gave given giving go goes went gone
going come comes came coming get gets got put puts see sees saw seen look looks looked looking
turn turns turned leave leaves left let lets keep keeps kept bring brings brought want wants wanted
try tries tried use uses used using follow follows followed following apply applies applied applying
require requires required requiring permit permits permitted permitting allow allows allowed
allowing prevent forbid forbids provide provides provided providing include includes included
including involve involves involved involving consider considers considered considering
consideration address addresses addressed addressing discuss discussed discussion examine examined
rely relies relied relying rest rests rested depend depends depended based seek seeks sought
begin begins began start ends become becomes became remain remains remained exist exists existed
occur occurs occurred happen happens happened add adds added
reason reasons reasoned reasoning reasonable question questions issue issues view views matter
matters case cases fact facts course example instance sense kind sort sorts type manner purpose
purposes effect effects result results circumstances event extent degree light basis
contrary respect regard regards part place time times number order rule rules approach test
problem problems difficulty difficulties argument arguments position proposition principle
principles point mind word words language term terms text short sum
simple difficult important significant particular general specific special ordinary usual common
proper appropriate inappropriate sufficient insufficient adequate inadequate substantial
consistent inconsistent
""".split()
STYLE_WORDS = frozenset((*_LITTLE, *_ARGUING))
FUNCTION_WORDS = frozenset(_LITTLE)

# Phrases parted by commas; each counts where it stands as words of its own.
HEDGES = """
may, might, could, perhaps, possibly, probably, likely, arguably, apparently, seemingly,
presumably, generally, usually, ordinarily, typically, often, sometimes, somewhat, fairly,
largely, suggests, appears, seems, tends, in our view, it would seem, more or less,
at least arguably, to some extent
"""
BOOSTERS = """
clearly, plainly, obviously, certainly, surely, undoubtedly, unquestionably, indisputably, indeed,
manifestly, patently, wholly, entirely, utterly, absolutely, completely, never, always, simply,
flatly, squarely, decidedly, of course, no doubt, beyond doubt, without question, in no way,
not at all
"""
LATIN = """
inter alia, sua sponte, arguendo, ipso facto, prima facie, pro se, de novo, de facto, de jure,
ex ante, ex post, a fortiori, a priori, vel non, res judicata, stare decisis, sine qua non,
mutatis mutandis, qua, per se, pro tanto, sub silentio, ad hoc, bona fide, in toto, viz,
nunc pro tunc, quid pro quo, ipse dixit, ejusdem generis, expressio unius, in pari materia,
dicta, dictum, obiter, mens rea, actus reus, en banc, in camera, in limine
"""
IRREGULAR = """
held found made taken given seen shown known done brought thought taught caught sought bought
set put cut read said told sent spent built kept left lost met paid sold understood written
driven drawn thrown grown broken chosen spoken stolen sworn torn worn begun run won bound
laid led born hidden forbidden forgotten withdrawn undertaken overcome upheld withheld
""".split()
