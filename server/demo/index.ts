export { clearDemo } from './clear.ts'
export { loadDemo } from './load.ts'
export { demoSignIn, ensureDemoOrganization } from './organization.ts'
export { demoRoutes } from './routes.ts'
