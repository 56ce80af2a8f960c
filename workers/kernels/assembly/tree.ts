// AssemblyScript: a k-d tree in leaf order and the searches on it. See src/segments/kernels/tree.ts for what is calculated; here four slots are
// compared at a time in float32, with room for its rounding, and only what passes is calculated in float64. So every build gives the same.
export { split } from './tree-build';
export { nearest, nearestTo } from './tree-near';
export { count, join, tag, border } from './tree-groups';
export { propose, seek } from './tree-span';
