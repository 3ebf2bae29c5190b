/** Whose numbers the demo's are: the source its files come from. */
export const demoSource = '示例数据'
