export const StandardsPage = () => null
