import { Button } from 'antd'
import { useWords } from '../words.ts'
import { useNumbers } from './use-numbers.ts'

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown }
  shown: number
  total: number | null
}

/** How much of the list is on the page, and the next piece of it. */
export function More({ query, shown, total }: Props) {
  const { t } = useWords()
  const { count } = useNumbers()
  return (
    <div className="row">
      <span className="soft small number">
        {total === null
          ? t('list.shown', { n: count(shown) })
          : t('list.shownOf', { n: count(shown), total: count(total) })}
      </span>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </div>
  )
}
