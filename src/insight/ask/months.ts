export const months =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

/** 0 … 11 of "march", "mar", "sept". */
export const monthAt = (word: string): number =>
  months.findIndex((each) => each.startsWith(word.slice(0, 3)));
