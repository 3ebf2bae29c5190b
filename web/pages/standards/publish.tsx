export const PublishPage = () => null
