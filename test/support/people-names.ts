const list = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Commonest first. */
export const givenNames = list(`
James Mary John Patricia Robert Jennifer Michael Linda William Elizabeth David Barbara Richard Susan Joseph Jessica Thomas Sarah
Charles Karen Christopher Nancy Daniel Lisa Matthew Margaret Anthony Sandra Mark Ashley Donald Kimberly Steven Emily Paul Donna
Andrew Michelle Joshua Carol Kenneth Amanda Kevin Dorothy Brian Melissa George Deborah Edward Stephanie Ronald Rebecca Timothy Sharon
Jason Laura Jeffrey Cynthia Ryan Kathleen Jacob Amy Gary Angela Nicholas Shirley Eric Anna Jonathan Brenda Stephen Pamela Larry Emma
Justin Nicole Scott Helen Brandon Samantha Benjamin Katherine Samuel Christine Gregory Debra Frank Rachel Alexander Carolyn Raymond
Janet Patrick Catherine Jack Maria Dennis Heather Jerry Diane Tyler Ruth Aaron Julie Jose Olivia Adam Joyce Nathan Virginia Henry
Victoria Douglas Kelly Zachary Lauren Peter Christina Kyle Joan Walter Evelyn Ethan Judith Jeremy Megan Harold Andrea Keith Cheryl
Christian Hannah Roger Jacqueline Noah Martha Gerald Gloria Terry Teresa Sean Ann Austin Sara Carl Madison Arthur Frances Lawrence
Kathryn Dylan Janice Jesse Jean Jordan Abigail Bryan Alice Billy Julia Joe Judy Bruce Sophia Gabriel Grace Logan Denise Albert Amber
Willie Doris Alan Marilyn Juan Danielle Wayne Beverly Elijah Isabella Randy Theresa Roy Diana Vincent Natalie Ralph Brittany Eugene
Charlotte Russell Marie Bobby Kayla Mason Alexis Philip Lori`);

/** Common short forms; a name without one is always written out. */
export const nicknames: Readonly<Record<string, readonly string[]>> = {
  James: ['Jim', 'Jimmy'],
  John: ['Jack', 'Johnny'],
  Robert: ['Bob', 'Rob', 'Bobby'],
  Michael: ['Mike', 'Mick'],
  William: ['Bill', 'Will', 'Billy'],
  Elizabeth: ['Liz', 'Beth', 'Betty'],
  Jennifer: ['Jenny', 'Jen'],
  Patricia: ['Pat', 'Trish'],
  Richard: ['Rick', 'Dick'],
  Susan: ['Sue', 'Susie'],
  Joseph: ['Joe', 'Joey'],
  Thomas: ['Tom', 'Tommy'],
  Charles: ['Charlie', 'Chuck'],
  Christopher: ['Chris'],
  Daniel: ['Dan', 'Danny'],
  Matthew: ['Matt'],
  Margaret: ['Maggie', 'Peggy', 'Meg'],
  Anthony: ['Tony'],
  Kimberly: ['Kim'],
  Steven: ['Steve'],
  Andrew: ['Andy', 'Drew'],
  Kenneth: ['Ken'],
  Edward: ['Ed', 'Ted'],
  Rebecca: ['Becky'],
  Deborah: ['Debbie'],
  Timothy: ['Tim'],
  Jeffrey: ['Jeff'],
  Jacob: ['Jake'],
  Nicholas: ['Nick'],
  Jonathan: ['Jon'],
  Stephen: ['Steve'],
  Samantha: ['Sam'],
  Benjamin: ['Ben'],
  Katherine: ['Kate', 'Kathy'],
  Samuel: ['Sam'],
  Gregory: ['Greg'],
  Alexander: ['Alex', 'Sandy'],
  Catherine: ['Cathy', 'Cate'],
  Victoria: ['Vicky', 'Tori'],
  Christina: ['Tina', 'Chris'],
  Jacqueline: ['Jackie'],
  Lawrence: ['Larry'],
  Abigail: ['Abby'],
  Albert: ['Al', 'Bert'],
  Zachary: ['Zach'],
  Philip: ['Phil'],
};

export const surnames = list(`
Smith Jones Taylor Brown Williams Wilson Johnson Davies Patel Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood
Thomas Jackson Clarke Clark Harris Hughes Edwards Turner Lewis Hill Cooper Martin Ward Morris Moore King Harrison Baker Watson Morgan
Allen James Khan Scott Phillips Davis Parker Bennett Lee Price Shaw Griffiths Cook Young Carter Richardson Mitchell Simpson Bell
Marshall Collins Ali Bailey Kelly Begum Murphy Miller Cox Ahmed Ellis Mason Knight Webb Hussain Adams Chapman Russell Stevens Hunt
Reid Anderson Graham Fisher Palmer Barnes Rogers Gibson Hunter Mills Singh Dixon Holmes Matthews Owen Grant Lloyd Butler O'Brien
Barker Murray Foster Fletcher Stone Andrews Wells Brooks Jenkins Rose Perry Gray Powell Watts Sutton Day West Lane Cole Fox Ford
Freeman Hart Lawson Rees Nicholls Byrne Schmidt Müller Kowalski Garcia Rossi Nguyen Chen Wang Cohen Kaur Sharma Begley Doyle Quinn`);

/** Rarer names are one of the first and one of the second. */
export const surnameParts: readonly (readonly string[])[] = [
  list(`Ash Black Brad Bram Brook Cal Cran Crow Dal Den East Fair Far Fen Grant Hal Ham Hart Hazel Hay Hel Hol Horn Kirk Lang Led Lind
  Long Mar Mel Mid New Nor Oak Pem Pres Rad Ran Red Rush Sel Sher Stan Stock Strat Thorn Tul Under Wal Wes Whit Win Wood Wy Yar`),
  list(
    'ford ley ton well wood worth by ham field bridge stone more land croft dale gate house man shaw sley brook burn bury son',
  ),
];

export const placeParts = list(`
London Birmingham Manchester Leeds Glasgow Sheffield Liverpool Bristol Edinburgh Cardiff Leicester Coventry Nottingham Newcastle
Sunderland Brighton Hull Plymouth Derby Swansea Aberdeen Reading Luton Bolton York Norwich Oxford Cambridge Exeter Gloucester Ipswich
Bath Chester Lincoln Durham Carlisle Hereford Truro Ripon Wells Winchester Worcester Salford Wakefield Preston Lancaster Perth Stirling`);

export const streetNames = list(`
High Station Main Park Church London Victoria Green Manor Kings Queens New Grange Mill School North South West East Windsor York
Springfield George Albert Chester Alexandra Stanley Broad Richmond Grove Highfield Meadow Orchard Hill Castle Bridge Market Water
Priory Abbey Garden Willow Chestnut Elm Oak Maple Cedar Beech Birch Poplar Hawthorn Rosemary Lavender Primrose Bluebell Foxglove`);
