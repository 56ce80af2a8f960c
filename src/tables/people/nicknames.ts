import { foldName } from './fold.ts';

/** Names with their short and other forms, one group between two bars; a form may stand in several. English, German, French, Spanish. */
const forms = `
abigail abby abbie gail|adelaide addie ada|albert al bert albie albrecht|alexander alex alec sandy xander sascha alejandro alexandre|
alexandra alex sandra sandy lexi alexa alejandra|alfred alf alfie fred freddie alfredo|alice ali alicia|amanda mandy|andrea andi|
andrew andy drew andreas andre andres|angela angie angelika angelique|ann anne anna annie nancy nan hannah annette anita anja ana|
anthony tony anton toni antonio antoine|arthur art artie arturo|barbara barb babs barbie babette bärbel|beatrice bea trixie beatrix beatriz|
benjamin ben benny benji benedikt|bernard bernie bernhard bernd bernardo|bradley brad|bridget bridie biddy brigitte gitta|cameron cam|
carl karl carlos charles charlie chuck chas chip karlheinz|caroline carrie carol lina karoline carolina|catherine cathy kate katie kathy kay kitty katherine kathryn
katharina kathrin katja käthe catalina catarina|charlotte lottie lotte charlie carlota|christian chris christ cristian|christina chris tina christine chrissie kristin
kristina cristina|christopher chris kit topher christoph christophe cristobal stoffel|clara klara claire|claudia claude klaudia|cynthia cindy|
daniel dan danny daniela dani|david dave davy davide|deborah deb debbie debra|dennis denny denis|diana di diane|dolores lola|dominic dom dominik nick domingo dominique|
donald don donny|dorothy dot dottie dolly dorothea dora thea|douglas doug|edmund ed ned|edward ed eddie ned ted teddy eduard eduardo edouard|
eleanor ellie nell nora leonore eleonora|elizabeth liz lizzie beth betty bess eliza elisabeth lisa elsa lisbeth elise lili isabel isabelle|
emily em emma emilia emilie|emmanuel manny manuel manu emanuel|enrique quique henry henri hank harry heinrich heinz hal heiner hinrich|
eric rick ricky erik erich|ernest ernie ernst ernesto|esperanza espe|eugene gene eugen|eva eve evelyn evie|florence flo flora florian|
frances fran fanny franziska francine francisca paca|francis frank franz francisco paco pancho curro francois françois franziskus|frederick fred freddie fritz friedrich frederic rick federico fede|
gabriel gabe gabi|gabrielle gabi gaby gabriele ella|geoffrey geoff jeff jeffrey|george georg jorge georges jürgen jörg|gerald gerry jerry gerhard gerd gerard gerardo|
gertrude gertie trudy trude gertrud|gilbert gil bert|gloria glory|gordon gordie|grace gracie graciela|gregory greg gregor gregorio|gustav gus gustavo|
harold hal harry harald|helen nell nellie helena helene lena elena ellen|herbert herb bert heribert|hermann herman armand|horst hotte|howard howie|
hubert bert hugh hugo hubertus|ignacio nacho ignaz|irene rene reni|isaac ike|jacob jake jack jakob jacques yago|jacqueline jackie|james jim jimmy jamie jem jaime diego santiago|
jane janie jenny janet jeanne johanna hanna hanne juana|janice jan|jasmine jas|jean jeanne jeannette jeanette|jennifer jen jenny jenni|jessica jess jessie|
joachim jochen achim joaquin|joan joanna jo joanne|johannes hans johann hannes john johnny jack jon jonny juan jean jan ian evan|jonathan jon jonny nathan|
joseph joe joey josef jose pepe sepp jupp|josephine jo josie fifi josefine josefa pepa|joshua josh josua|juan juanito|judith judy judi jutta|
julia julie jules juliana julieta|julian jules julien julio julius|karen kari|kenneth ken kenny|kimberly kim kimmy|klaus nikolaus nicholas nick nicky nico nicolas klaas claus nicolaus|
konrad conrad konni kurt|konstantin constantine connie|lawrence larry lars laurence lorenz lorenzo laurent lenz|leonard leo len lenny leonhard leonardo|leslie les|
lillian lily lil|linda lindy|louis lou louie ludwig luis lutz lucho|louise lou lulu luise luisa|lucas luke luc lukas lucius|lucy lucie lucia luz|
madeline maddie madeleine magda magdalena lena leni|margaret maggie meg peggy marge margie greta gretchen margarete margarethe margit rita margot marguerite margarita daisy|
maria mary marie molly polly mimi mia mitzi marija maruja|mariana mary|mark marc marcus markus marco marcos|martha marta patty|martin marty martín|martina tina|
matthew matt matty matthias mathias matthieu mateo matze|maurice mo moritz mauricio|maximilian max maxi|maxine max|melanie mel|melissa mel missy lissa|
michael mike mick mickey micky mitch miguel michel michi|michelle shelly micki michaela michaele|miriam mimi|mildred millie|mohammed mohamed muhammad mohammad mo mehmet ahmed|
monica moni monika monique|nathaniel nat nate nathan|natalie nat nathalie natalia natascha|nicole nicki nikki niki|norman norm|oliver ollie olli olivier|
olivia liv livvy|oscar ossie oskar|pamela pam|patricia pat patty tricia trish patrizia|patrick pat paddy patricio|paul pablo pauli paulo|pauline paula polly|
peter pete petra pedro pierre piet|philip phil pip philipp felipe philippe|phyllis phil|rachel rae raquel rahel|ralph ralf rolf raoul|raymond ray raimund raimundo|
rebecca becca becky bekki rebekka|reginald reg reggie rex reinhold|richard rick ricky dick rich richie ricardo|robert rob bob bobby robbie bert roberto rupert|
roderick rod roddy rodrigo|roger rodger rüdiger|roland rollo rolando|ronald ron ronny|rose rosie rosa rosemarie rosemary|rudolf rudi rudolph rodolfo rolf|
russell russ|ruth ruthie|salvador salva|samantha sam sammy|samuel sam sammy sami|sandra sandy|sarah sally sadie sara|sebastian seb bastian basti wastl bas sebastien|
sharon shari|siegfried sigi siggi|sigrid siggi|simon si simone|sophia sophie sofia sofie|stanley stan|stephanie steph steffi stefanie estefania|stephen steve stevie steven stefan stephan etienne esteban|
susan sue susie suzie susanne suzanne susanna susana sanne|sylvia silvia sylvie|tabitha tabby|tamara tammy|teresa terry tess tessa theresa therese resi thérèse tere|
theodore ted teddy theo theodor teodoro|theresia resi thesi|thomas tom tommy tomas thom|timothy tim timmy timo|ulrich uli ulli|ulrike uli ulli|ursula uschi ursel uschi|
valerie val|vanessa nessa|verena vreni|veronica ronnie vero veronika veronique|victor vic viktor|victoria vicky tori viktoria|vincent vince vinnie vinzenz vicente|virginia ginny ginger|
walter walt wally walther|wendy wen|werner wernher|wilhelm willi willy wim william bill billy will liam guillermo guillaume willem memo|wolfgang wolf wolfi|yvonne eve|zachary zach zack`;

const groups = new Map<string, number[]>();
const heads: string[] = [];
for (const group of forms.split('|')) {
  const names = group.trim().split(/\s+/).map(foldName);
  heads.push(names[0] ?? '');
  for (const name of new Set(names))
    groups.set(name, [...(groups.get(name) ?? []), heads.length - 1]);
}

/** The names (by number) that a folded first name may be a form of; empty where it is in no list. */
export const namesakes = (name: string): readonly number[] => groups.get(name) ?? [];

/** The one form that stands for a folded first name and its short forms: `bob` → `robert`; itself where it is in no list. */
export function rootName(name: string): string {
  const first = groups.get(name)?.[0];
  return first === undefined ? name : (heads[first] ?? name);
}
