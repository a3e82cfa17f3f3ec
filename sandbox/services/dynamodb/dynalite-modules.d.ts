// dynalite has no types of its own; what dynalite.ts uses of it is given its types there.
declare module 'dynalite/db/index.js'
declare module 'dynalite/validations/*.js'
declare module 'dynalite/actions/*.js' {
  const action: (store: object, data: object, done: (error: unknown, result?: any) => void) => void
  export default action
}
