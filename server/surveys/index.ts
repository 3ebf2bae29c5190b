export { feedbackTable, responseTable } from './rating-tables.ts'
export { listFeedback, listResponses } from './ratings.ts'
export { surveysRoutes } from './routes.ts'
