export { feedbackTable, responseTable } from './rating-tables.ts'
export { surveysRoutes } from './routes.ts'
