export { staffRoutes } from './routes.ts'
export { trainingTable } from './training-table.ts'
export { listTrainings } from './trainings.ts'
