/** One planted kind of contract customer of the phone company. Ranges are [low, high], uniform. */
export type ContractPlan = {
  readonly id: string;
  readonly share: number;
  readonly age: readonly [number, number];
  readonly lines: readonly [number, number];
  /** Basic monthly price of the first line. */
  readonly price: readonly [number, number];
  readonly dataGb: readonly [number, number];
  readonly minutes: readonly [number, number];
  readonly roamingDays: readonly [number, number];
  readonly tenureMonths: readonly [number, number];
  /** Weights of month-to-month, one year, two years. */
  readonly terms: readonly [number, number, number];
  readonly autopay: number;
  readonly insurance: number;
  readonly streaming: number;
  /** Mean number of calls to support in the last year. */
  readonly calls: number;
  /** What the retention offer does to the log-odds of leaving; above 0 it reminds them that they could. */
  readonly offer: number;
};

/** Log-odds of leaving within the month after the table was made: the planted drivers. */
export const drivers = {
  base: -1.15,
  monthToMonth: 1.35,
  twoYears: -1.1,
  tenurePerYear: -0.28,
  perSupportCall: 0.42,
  overAllowance: 0.85,
  priceRise: 0.6,
  autopay: -0.55,
  insurance: -0.35,
  perExtraLine: -0.2,
} as const;

/** The six kinds of contract customers. */
export const contractPlans: readonly ContractPlan[] = [
  {
    id: 'sim-only-savers',
    share: 0.24,
    age: [20, 48],
    lines: [1, 1],
    price: [10, 15],
    dataGb: [3, 14],
    minutes: [60, 200],
    roamingDays: [0, 4],
    tenureMonths: [1, 30],
    terms: [0.85, 0.15, 0],
    autopay: 0.6,
    insurance: 0.04,
    streaming: 0.08,
    calls: 0.7,
    offer: -0.9,
  },
  {
    id: 'families',
    share: 0.2,
    age: [34, 56],
    lines: [3, 5],
    price: [20, 26],
    dataGb: [25, 70],
    minutes: [400, 900],
    roamingDays: [4, 16],
    tenureMonths: [18, 84],
    terms: [0.05, 0.25, 0.7],
    autopay: 0.9,
    insurance: 0.6,
    streaming: 0.5,
    calls: 1.4,
    offer: -0.1,
  },
  {
    id: 'heavy-streamers',
    share: 0.18,
    age: [18, 33],
    lines: [1, 2],
    price: [34, 44],
    dataGb: [90, 220],
    minutes: [50, 180],
    roamingDays: [2, 10],
    tenureMonths: [2, 36],
    terms: [0.5, 0.4, 0.1],
    autopay: 0.75,
    insurance: 0.3,
    streaming: 0.95,
    calls: 1.1,
    offer: -0.6,
  },
  {
    id: 'business-travellers',
    share: 0.1,
    age: [30, 60],
    lines: [1, 2],
    price: [54, 66],
    dataGb: [20, 60],
    minutes: [900, 1900],
    roamingDays: [40, 120],
    tenureMonths: [12, 72],
    terms: [0.15, 0.55, 0.3],
    autopay: 0.95,
    insurance: 0.8,
    streaming: 0.2,
    calls: 1.8,
    offer: -0.3,
  },
  {
    id: 'long-standing-callers',
    share: 0.16,
    age: [62, 86],
    lines: [1, 1],
    price: [12, 18],
    dataGb: [0, 2],
    minutes: [250, 700],
    roamingDays: [0, 2],
    tenureMonths: [90, 220],
    terms: [0.4, 0.4, 0.2],
    autopay: 0.35,
    insurance: 0.15,
    streaming: 0.01,
    calls: 2.2,
    offer: 0.7,
  },
  {
    id: 'new-device-upgraders',
    share: 0.12,
    age: [22, 42],
    lines: [1, 1],
    price: [46, 58],
    dataGb: [15, 45],
    minutes: [150, 400],
    roamingDays: [3, 14],
    tenureMonths: [0, 14],
    terms: [0, 0.15, 0.85],
    autopay: 0.85,
    insurance: 0.95,
    streaming: 0.4,
    calls: 1,
    offer: -0.2,
  },
];
