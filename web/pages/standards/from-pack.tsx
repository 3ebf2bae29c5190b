import { useQuery } from '@tanstack/react-query'
import { listPacks } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import type { Pack } from './rows.ts'

/** Puts a pack's indicators and limits into the draft, in place of those there are. */
export function FromPack({ onTake }: { onTake: (pack: Pack) => void }) {
  const { t, said } = useWords()
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => call(listPacks, {}), staleTime: 300_000 })
  const items = packs.data?.items ?? []
  if (items.length === 0) return null
  return (
    <Choose
      label={t('packs.take')}
      all={t('packs.choose')}
      value={undefined}
      options={items.map((pack) => ({ value: pack.name, label: said(pack.title) }))}
      onChange={(name) => {
        const pack = items.find((one) => one.name === name)
        if (pack) onTake(pack)
      }}
    />
  )
}
