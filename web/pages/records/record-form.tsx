import { Button, Input, Select } from 'antd'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { type WordKind, words } from '../../../contract/words.ts'
import { Refused } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { type FormField, formFields } from './form-fields.ts'
import { bodyOf, type Read, type Typed } from './form-values.ts'
import { useOptions } from './use-options.ts'
import './record-form.css'

interface Props {
  kind: ListKind
  typed: Typed
  onTyped: (typed: Typed) => void
  /** Set in an edit: what stood in the fields before. */
  before?: Typed
  /** Beside a field that may stay empty, e.g. who the customer is. */
  hints?: Record<string, string>
  error: unknown
  busy: boolean
  send: string
  onSend: (body: Read['body']) => void
  onCancel: () => void
}

/** The fields of a record. What is wrong is said at its field, and nothing typed is lost by it. */
export function RecordForm(props: Props) {
  const { kind, typed, onTyped, before, hints = {}, error, busy, onSend } = props
  const { t } = useWords()
  const zone = useMe().organization.zone
  const [faults, setFaults] = useState<Read['faults']>({})
  const name = useId()
  const fields = formFields[kind].filter((field) => !before || !field.onlyNew)
  const refused = placesOf(error)
  // What opens the form is over: the first field takes the typing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens
  useEffect(() => document.getElementById(`${name}-${fields[0]?.name}`)?.focus(), [])
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const read = bodyOf(fields, typed, zone, before)
    setFaults(read.faults)
    const first = Object.keys(read.faults)[0]
    if (first === undefined) return onSend(read.body)
    const place = document.getElementById(`${name}-${first}`)
    place?.closest('details')?.setAttribute('open', '')
    place?.focus()
  }
  const shown = (field: FormField) => (
    <Field
      key={field.name}
      kind={kind}
      field={field}
      id={`${name}-${field.name}`}
      value={typed[field.name] ?? ''}
      hint={hints[field.name]}
      fault={faults[field.name] ? t(`fault.${faults[field.name] ?? 'required'}`) : refused[field.name]}
      onChange={(value) => onTyped({ ...typed, [field.name]: value })}
    />
  )
  const rest = fields.filter(({ more }) => more)
  return (
    <form className="record-form" noValidate onSubmit={send}>
      <div className="record-fields">{fields.filter(({ more }) => !more).map(shown)}</div>
      {rest.length > 0 && (
        <details open={before !== undefined}>
          <summary>{t('entry.more', { n: rest.length })}</summary>
          <div className="record-fields">{rest.map(shown)}</div>
        </details>
      )}
      {error !== null && error !== undefined && (
        <div role="alert" className="refusal">
          <Detail error={error} />
        </div>
      )}
      <div className="row dialog-foot">
        <Button onClick={props.onCancel}>{t('action.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {props.send}
        </Button>
      </div>
    </form>
  )
}

/** The sentences of a refusal by the field they are about. */
function placesOf(error: unknown): Record<string, string> {
  const errors = error instanceof Refused ? (error.problem.errors ?? []) : []
  return Object.fromEntries(errors.map(({ path, message }) => [path.split('.').at(-1) ?? path, message]))
}

interface FieldProps {
  kind: ListKind
  field: FormField
  id: string
  value: string
  hint: string | undefined
  fault: string | undefined
  onChange: (value: string) => void
}

function Field({ kind, field, id, value, hint, fault, onChange }: FieldProps) {
  const { said, t } = useWords()
  const column = listColumns[kind].find(({ key }) => key === field.column)
  const hintOf = (name: string) => {
    if (name === 'externalId') return t('entry.numberMade')
    if (name === 'items') return t('entry.items')
    return kind === 'purchases' && name === 'customer' ? t('entry.purchaseCustomer') : undefined
  }
  return (
    <div className={field.input === 'area' ? 'record-field record-field-wide' : 'record-field'}>
      <label htmlFor={id}>
        {column ? said(column) : field.name}
        {field.required && <span aria-hidden="true"> *</span>}
      </label>
      <Control field={field} id={id} value={value} fault={fault} onChange={onChange} />
      {(hint ?? hintOf(field.name)) && <span className="soft small">{hint ?? hintOf(field.name)}</span>}
      {fault && (
        <span className="record-fault small" id={`${id}-fault`}>
          {fault}
        </span>
      )}
    </div>
  )
}

function Control({ field, id, value, fault, onChange }: Omit<FieldProps, 'kind' | 'hint'>) {
  const { t } = useWords()
  const options = useOptions(field)
  const shared = {
    id,
    'aria-invalid': fault !== undefined,
    'aria-required': field.required === true,
    ...(fault && { 'aria-describedby': `${id}-fault`, status: 'error' as const }),
  }
  const typed = {
    ...shared,
    value,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (field.input === 'area') return <Input.TextArea {...typed} rows={3} maxLength={4000} />
  if (field.input === 'instant') return <Input {...typed} type="datetime-local" />
  if (field.input === 'day') return <Input {...typed} type="date" />
  if (field.input === 'score') return <Scores {...shared} value={value} onChange={onChange} />
  if (field.input === 'number') return <Input {...typed} inputMode="numeric" maxLength={4} />
  if (field.input === 'money' || field.input === 'decimal')
    return <Input {...typed} inputMode="decimal" maxLength={13} />
  if (field.input === 'text') return <Input {...typed} maxLength={200} />
  if ((field.input === 'choice' || field.input === 'yesNo') && field.words)
    return <Words {...shared} words={field.words} value={value} onChange={onChange} />
  return (
    <Select
      {...shared}
      value={value || null}
      onChange={(chosen: string | null) => onChange(chosen ?? '')}
      options={options}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('entry.choose')}
    />
  )
}

type Chosen = { id: string; value: string; onChange: (value: string) => void }

function Words({ words: list, value, onChange, ...rest }: Chosen & { words: WordKind }) {
  const { said, t } = useWords()
  const known: Record<string, { zh: string; en: string }> = words[list]
  return (
    <select
      {...withoutStatus(rest)}
      className="choose"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('entry.choose')}</option>
      {Object.entries(known).map(([code, word]) => (
        <option key={code} value={code}>
          {said(word)}
        </option>
      ))}
      {value !== '' && !(value in known) && <option value={value}>{value}</option>}
    </select>
  )
}

/** 1 to 5 by one press or key; a half between them can be typed. */
function Scores({ value, onChange, ...rest }: Chosen) {
  return (
    <span className="record-scores">
      <Input
        {...rest}
        inputMode="decimal"
        value={value}
        maxLength={4}
        onChange={(event) => onChange(event.target.value)}
      />
      {['1', '2', '3', '4', '5'].map((score) => (
        <button
          key={score}
          type="button"
          className="record-score"
          aria-pressed={value === score}
          onClick={() => onChange(score)}
        >
          {score}
        </button>
      ))}
    </span>
  )
}

/** The browser's own control knows no `status` of antd's. */
function withoutStatus<Rest extends object>(rest: Rest): Omit<Rest, 'status'> {
  const { status: _status, ...others } = rest as Rest & { status?: unknown }
  return others
}
