export { clearDemo } from './clear.ts'
export { loadDemo, loadDemoInto } from './load.ts'
export { demoSignIn, ensureDemoOrganization } from './organization.ts'
export { demoRoutes } from './routes.ts'
