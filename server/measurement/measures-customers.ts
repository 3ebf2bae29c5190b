import type { FactKind } from '../platform/change.ts'
import { type Measure, make, type OfCustomers } from './measure.ts'

const facts: FactKind[] = ['purchase']

const of = (customers: OfCustomers, measure: Measure): Measure => ({ ...measure, customers })

/** Of the customers who bought: each once in a figure, however many days, teams or channels it goes over. */
export const customerMeasures: readonly Measure[] = [
  of(
    'repeats',
    make(
      'repeat_purchases',
      '重复购买次数',
      'Repeat purchases',
      'count',
      'higher',
      'count',
      null,
      facts,
      ['customer'],
      '周期内每位客户第一次之后的购买次数之和；没有客户的购买不计',
      'purchases after the first of each customer within the period; purchases without a customer do not count',
      '004',
    ),
  ),
  of(
    'repeat_customers',
    make(
      'repeat_purchase_rate',
      '重复购买率',
      'Repeat purchase rate',
      '%',
      'higher',
      'rate',
      null,
      facts,
      ['customer'],
      '周期内购买两次及以上的客户数÷购买过的客户数',
      'customers with two purchases or more within the period ÷ customers with one or more',
      '000, 004',
    ),
  ),
  of(
    'repeat_spend',
    make(
      'repeat_purchase_share',
      '重复购买金额占比',
      'Repeat purchase share',
      '%',
      'higher',
      'rate',
      null,
      facts,
      ['customer', 'amount'],
      '周期内购买两次及以上的客户的购买金额÷全部客户的购买金额；没有金额的购买不计入金额，样本数为有金额的客户数',
      'amount bought by customers with two purchases or more within the period ÷ amount bought by all customers; purchases without an amount add none, n is the customers with an amount',
      '004',
    ),
  ),
  of(
    'kept',
    make(
      'retention_rate',
      '客户保持率',
      'Retention rate',
      '%',
      'higher',
      'rate',
      null,
      facts,
      ['customer'],
      '上一周期购买过、本周期又购买的客户数÷上一周期购买过的客户数；自由区间的上一周期为之前同样多的天数；两个周期有一个没有购买则无数据',
      'customers who bought in both periods ÷ customers who bought in the period before; of a free range, that is as many days before it; no value where either period has no purchase',
      '004',
    ),
  ),
  of(
    'lost',
    make(
      'churn_rate',
      '客户流失率',
      'Churn rate',
      '%',
      'lower',
      'rate',
      null,
      facts,
      ['customer'],
      '100%−客户保持率：上一周期购买过、本周期没有购买的客户数÷上一周期购买过的客户数',
      '100 % − retention rate: customers who bought in the period before and not in this one ÷ customers who bought in the period before',
      '004',
    ),
  ),
]
