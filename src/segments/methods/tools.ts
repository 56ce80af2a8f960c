/** What a worker brings to the methods: the fastest kernels that this machine can run. Without one a method takes its plain twin. */
export type SegmentTools = {};

export const plainTools: SegmentTools = {};
