/** The ways out that canaries try, and those that only words can name because trying them would leave the page. */
export type Route =
  | 'fetch'
  | 'websocket'
  | 'beacon'
  | 'image'
  | 'style'
  | 'script'
  | 'frame'
  | 'webrtc'
  | 'preconnect'
  | 'dns-prefetch'
  | 'download-link'
  | 'navigation'
  | 'popup';

/** What one place saw when it tried its canaries. `blocked` needs proof: the browser named the policy. */
export type CanaryReport = {
  readonly blocked: readonly Route[];
  /** Routes on which every browser names its policy, and this one named none. */
  readonly open: readonly Route[];
  /** The policy came as a header with this very response, not as a `<meta>`. */
  readonly header: boolean;
  /** The header's sandbox is in force: no windows at other addresses. */
  readonly sandboxed: boolean;
  /** `Connection-Allowlist`: seen to block (only a page can see that), sent with this very response, or neither. */
  readonly allowlist: 'seen' | 'sent' | 'missing';
};

/** Asks one worker to try its canaries and resolves with what it saw; rejects if it cannot be asked. */
export type Ask = (signal: AbortSignal) => Promise<CanaryReport>;

export type GuardLevel = 'full' | 'partial' | 'none';

/** One place that was asked, by the name a person knows it by. `report` is null if it never answered. */
export type Witness = { readonly name: string; readonly report: CanaryReport | null };

/** The verdict over the page and all workers. */
export type GuardReport = {
  readonly level: GuardLevel;
  readonly blocked: readonly Route[];
  readonly open: readonly Route[];
  readonly witnesses: readonly Witness[];
  /** One or two sentences for the person. */
  readonly words: string;
};

/** Something the browser refused while the app was running. Canaries are not counted. */
export type Block = { readonly directive: string; readonly target: string; readonly count: number };

/** What goes over a worker's guard port: first the report, then each later block. */
export type GuardMessage =
  { readonly report: CanaryReport } | { readonly directive: string; readonly target: string };

/** What a waiting version of the app says when it is asked to take over. */
export type TakeOver = 'taking-over' | 'other-tabs-open';
