import { bringPeople, peopleFields } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useWords } from '../../words.ts'
import { PasteTable } from './paste-table.tsx'

export function PastePeople() {
  const { t, label } = useWords()
  return (
    <PasteTable
      texts={{
        paste: 'people.paste',
        how: 'people.pasteHow',
        takeIn: 'people.takeIn',
        brought: 'people.brought',
      }}
      columns={peopleFields}
      columnName={(column) => label('peopleField', column)}
      ask={(body) => call(bringPeople, { body })}
      changes={['people', 'units', 'me']}
      note={({ newUnits }) =>
        newUnits.length > 0 && <p>{t('people.newUnits', { names: newUnits.join(', ') })}</p>
      }
    />
  )
}
