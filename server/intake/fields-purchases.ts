import type { Field } from './fields.ts'
import { words } from './fields-common.ts'

/** Orders, as shops, ERP and CRM systems export them. */
export const purchaseFields: Field[] = [
  {
    name: 'external_id',
    zh: '订单编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words(
      '编号 订单号 订单ID 销售单号 交易号 交易单号 流水号 购买编号 id order_id order_no order_number transaction_id invoice_no invoice number',
    ),
  },
  {
    name: 'customer',
    zh: '客户',
    en: 'Customer',
    type: 'text',
    personal: true,
    aliases: words(
      '客户名称 客户姓名 客户编号 客户ID 会员 会员号 会员名 买家 买家昵称 购买人 收货人 customer_name customer_id buyer member user_id client',
    ),
  },
  {
    name: 'contact',
    zh: '联系方式',
    en: 'Contact',
    type: 'text',
    personal: true,
    aliases: words('联系电话 手机号 手机 电话 客户电话 收货电话 phone mobile tel email'),
  },
  {
    name: 'product',
    zh: '产品',
    en: 'Product',
    type: 'text',
    aliases: words('产品名称 产品型号 商品 商品名称 货品 型号 品名 product_name item sku model'),
  },
  {
    name: 'amount',
    zh: '金额',
    en: 'Amount',
    type: 'decimal',
    aliases: words(
      '订单金额 实付金额 支付金额 成交金额 销售额 销售金额 总价 总金额 含税金额 price total total_amount paid revenue sales order_amount',
    ),
  },
  {
    name: 'ordered_at',
    zh: '下单时间',
    en: 'Ordered at',
    type: 'instant',
    required: true,
    aliases: words(
      '订单时间 购买时间 购买日期 下单日期 订单日期 成交时间 支付时间 付款时间 交易时间 销售日期 创建时间 日期 时间 order_date order_time purchased_at paid_at created_at invoice_date date',
    ),
  },
  {
    name: 'channel',
    zh: '渠道',
    en: 'Channel',
    type: 'enum',
    words: 'channel',
    aliases: words('销售渠道 购买渠道 订单来源 下单渠道 渠道类型 平台 店铺 source shop store platform'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 销售部门 门店 网点 区域 team department branch region'),
  },
  {
    name: 'agent',
    zh: '销售',
    en: 'Sold by',
    type: 'text',
    personal: true,
    aliases: words(
      '销售人员 销售员 业务员 客户经理 导购 服务人员 经办人 salesperson sales_rep agent_name seller',
    ),
  },
  {
    name: 'excluded_reason',
    zh: '剔除原因',
    en: 'Excluded because',
    type: 'text',
    aliases: words('排除原因 不计入原因 无效原因 退货原因 exclusion_reason'),
  },
]
