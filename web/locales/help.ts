export const zh = {
  'help.page': '帮助文档',
  'help.search': '搜索帮助',
  'help.nothing': '没有找到。换个词试试，或清空搜索。',
  'help.measures': '度量与算例',
  'help.example': '算例：',
  'help.needs': '需要：{{fields}}',
  'help.score':
    '得分：未达标时按评分标准扣分，0–10 分。如目标 ≤30 分钟、每超 5 分钟扣 1 分（按整步），42 分钟超 12 分钟，为 2 个整步，得 8 分；总分 = Σ 权重×得分 ÷ 计入的权重。',
  'help.states': '没有数值时的几种情况',
  'help.topics': '单位调整与产品生命周期',
  'help.import': '怎样导入',
  'help.glossary': '术语',
  'helpState.none': '— 没有记录',
  'helpStateWhat.none': '这段时间没有相关记录。不是 0，也不计入总分。',
  'helpState.few': '样本不足',
  'helpStateWhat.few': '有数值，但记录少于标准要求的最少样本量；照常计分，不参与排名。',
  'helpState.incomputable': '缺列',
  'helpStateWhat.incomputable':
    '计算所需的字段没有数据，页面会写明缺哪一个；导入时对应该列即可。不计入总分。',
  'helpState.failed': '计算失败',
  'helpStateWhat.failed': '系统出错。数值不显示，总分也不显示；可重试，或把诊断发给支持人员。',
  'helpState.zero': '0',
  'helpStateWhat.zero': '有记录，结果就是 0，例如没有一单超时。',
  'helpState.provisional': '暂定',
  'helpStateWhat.provisional': '还有期限未到（如 7 天内是否重开），数值以后可能变。',
  'helpTopic.moved': '单位调整归属后的数值',
  'helpTopicWhat.moved':
    '按当日的组织结构计算：某团队 7 月 1 日调到华南部，7 月起计入华南部，6 月及以前仍计入原部门；如选“纠正”，以前的记录也改计入新上级。已关账周期的数值不变。',
  'helpTopic.sight': '单位调整后谁能看到',
  'helpTopicWhat.sight':
    '按今天的组织结构：原部门负责人不再看到该团队，包括它以前的记录，所以看到的原部门数值可能小于全公司口径；新部门负责人能看到该团队以前的记录，但这些不计入新部门的数值。',
  'helpTopic.stages': '产品的生命周期阶段',
  'helpTopicWhat.stages':
    '在“设置 · 产品”登记导入期、成长期、成熟期的开始日期，不知道的留空。记录属于当日产品所处的阶段：12 月 1 日进入成长期的产品，11 月 30 日的工单属于导入期，12 月 1 日起属于成长期；第一个阶段之前的记录和没有产品的记录不属于任何阶段。',
  'helpTopic.stageDays': '按阶段设指标、改日期',
  'helpTopicWhat.stageDays':
    '指标可以只针对一个阶段；数值和列表可以按阶段筛选、拆分。改了开始日期，以前的记录也随之改变；已关账周期的数值不变，变动原因中会写明该产品。',
  'helpImport.choose': '选择文件：拖入 xlsx 或 csv；编码、工作表与表头行自动识别，都可以改。',
  'helpImport.map': '对应列：系统猜测每列是什么，存疑的标“?”；下次同一来源会记住。',
  'helpImport.preview': '预览：用与导入相同的解析器逐行检查；有错的单元格可就地改正。',
  'helpImport.done': '完成：新增、更新、跳过的行数与错误行文件；30 天内可以撤销。',
  'example.first_response_minutes': '两单：9:00 受理 9:20 响应，10:00 受理 10:40 响应。(20+40)÷2 = 30 分钟。',
  'example.response_minutes':
    '客户 9:00 与 9:01 各发一条，客服 9:04 答复；客户 9:10 又问，9:12 答复：(4+2)÷2 = 3 分钟。',
  'example.response_in_time_rate': '时限 30 分钟，三单分别 20、30、31 分钟响应：2÷3 = 66.7%。',
  'example.response_timeouts': '时限 30 分钟，20、30、31 分钟响应各一单：1 次。',
  'example.start_in_time_rate':
    '紧急 1 小时、重要 30 小时、一般 40 小时启动：时限 2、24、48 小时，2÷3 = 66.7%。',
  'example.plan_in_time_rate': '时限 24 小时，20 与 25 小时确认方案各一单：1÷2 = 50%。',
  'example.handling_hours': '启动到解决分别 2 与 4 小时：(2+4)÷2 = 3 小时。',
  'example.resolution_hours': '受理到解决分别 6 与 18 小时：(6+18)÷2 = 12 小时。',
  'example.fault_repair_hours': '故障确定到解决分别 3 与 5 小时：(3+5)÷2 = 4 小时；咨询类不计。',
  'example.resolution_in_time_rate': '普通 20 小时、普通 30 小时、复杂 70 小时解决：2÷3 = 66.7%。',
  'example.resolution_timeouts': '普通 30 小时解决一单，复杂 80 小时未解决一单：2 次。',
  'example.first_contact_resolution': '已解决 10 单，其中 1 单重开、1 单联系两次：8÷10 = 80%。',
  'example.fcr_all_rate': '受理 20 单，首次解决 15 单：15÷20 = 75%。',
  'example.resolution_rate': '受理 20 单，已解决且未重开 18 单：18÷20 = 90%。',
  'example.reopen_rate': '已解决 50 单，7 天内重开 2 单：2÷50 = 4%。',
  'example.record_completeness': '两单各 10 个必填项，填了 10 与 8 项：18÷20 = 90%。',
  'example.experience_score': '三份评价 5、4、4 分：13÷3 = 4.33 分。',
  'example.csat_rate': '评价 5、4、4、2 分：达到 4 分的 3 份，3÷4 = 75%。',
  'example.item_score': '该项三份评分 5、4、3：12÷3 = 4 分。',
  'example.low_score_closed_in_time_rate':
    '三个工作日的答复时限：10 份低分或建议中 8 份按时答复，1 份迟了，1 份已过时限未答复：8÷10 = 80%。',
  'example.nps': '10 份：9–10 分 5 份，0–6 分 2 份。50% − 20% = +30。',
  'example.repair_rate':
    '本月结束的维修 20 单：修好 18 单，其中 1 单 7 天内重开，另 2 单未修好即关闭。17÷20 = 85%。',
  'example.first_time_fix_rate':
    '解决维修 40 单，其中 5 单上门两次、1 单在 20 天后又报同一故障：34÷40 = 85%。',
  'example.onsite_in_time_rate':
    '一级故障限 4 小时上门：到达 18 单，16 单在时限内，另有 2 单已过时限未到：16÷20 = 80%。',
  'example.diagnosis_accuracy_rate':
    '解决 50 单，都记有首次诊断和最终原因，44 单一致：44÷50 = 88%。“电源 板”与“电源板”算一致。',
  'example.repair_accuracy_rate': '解决维修 40 单，其中 38 单记了是否损坏或返工，1 单返工：37÷38 = 97.4%。',
  'example.plan_accuracy_rate': '方案经确认的 30 单已了结：2 单换了方案，1 单 3 天后重开：27÷30 = 90%。',
  'example.parts_fill_rate': '两单分别申请 3 件和 5 件，当场有 3 件和 4 件：7÷8 = 87.5%。',
  'example.knowledge_use_rate': '解决 60 单，45 单引用了知识文章，15 单未引用：45÷60 = 75%。',
  'example.follow_up_rate': '解决后 72 小时内回访：18 单按时，1 单迟了，1 单已过时限未回访：18÷20 = 90%。',
  'example.process_compliance_rate':
    '两次检查共 20 个流程节点，19 个按顺序、按时、由应办的岗位办理：19÷20 = 95%。',
  'example.repeat_fault_rate': '受理维修 40 单，其中 2 单的序列号在此前 30 天内报过同一故障：2÷40 = 5%。',
  'example.remote_resolution_rate': '已解决 50 单，20 单写明远程解决：20÷50 = 40%。',
  'example.self_service_rate': '已解决 50 单，5 单写明自助：5÷50 = 10%。',
  'example.cost_per_ticket':
    '当月费用记录：人工 200、配件 80.5 元；解决三单，其中一单没有费用记录，自身填费用 20 元：300.5÷3 = 100.17 元。',
  'example.complaint_rate': '受理 200 单，其中服务投诉 6 单：6÷200 = 3%。',
  'example.complaint_response_minutes': '两件投诉分别 10 与 20 分钟后首次响应：(10+20)÷2 = 15 分钟。',
  'example.complaint_handling_rate': '已处理完 9 件，另 1 件过了时限仍未处理：9÷10 = 90%。',
  'example.complaint_resolution_rate':
    '处理完并经客户确认 8 件，其中 1 件又重开；另 1 件过了时限仍未处理：7÷9 = 77.8%。',
  'example.complaint_in_time_rate': '时限内处理完 8 件，超时 1 件，过了时限仍未处理 1 件：8÷10 = 80%。',
  'example.repeat_complaint_rate':
    '受理投诉 20 件，其中 1 件的客户 20 天前就同一产品投诉过同一事：1÷20 = 5%。',
  'example.answer_rate': '来电与会话 100 次，接听 92 次：92÷100 = 92%。',
  'example.answer_in_standard_rate':
    '电话 3 声接听、4 声接听、响 2 声未接，会话 10 秒内接起各一次：2÷4 = 50%。没有振铃次数的电话不计。',
  'example.inspection_score':
    '问候语满分 10 得 8、结束语满分 20 得 20：(8+20)÷30 = 93.33 分；有否决项未通过的那次为 0 分。',
  'example.etiquette_score': '礼仪组问候语 8/10、仪容 10/10：18÷20 = 90 分。',
  'example.wording_score': '用语组规范用语 6/10，服务禁语（否决）未通过：0 分。',
  'example.mystery_shopper_score': '两次暗访 90 与 81 分：171÷2 = 85.5 分。',
  'example.record_accuracy_rate': '两次抽查各 10 个字段，正确 10 与 9 个：19÷20 = 95%。',
  'example.training_hours':
    '甲培训 7.5 小时，乙 2 小时、1.25 小时，丙考试 2 小时：7.5+2+1.25 = 10.75 小时，考试不计。',
  'example.exam_pass_rate': '甲、乙合格，丙不合格、补考合格：3÷4 = 75%；补考另计一人次。',
  'example.experience_points':
    '甲 1 月 15 日到岗，到 4 月 30 日满 3 个月，累计解决 250 单：3+250÷100 = 5.5 分；乙满 24 个月、1000 单：34 分；两人 4 月都解决过工单：(5.5+34)÷2 = 19.75 分。',
  'example.repeat_purchases': '本月甲购买 3 次、乙 1 次：(3−1)+(1−1) = 2 次。',
  'example.repeat_purchase_rate':
    '本月 40 位客户购买过，其中 10 位购买两次及以上：10÷40 = 25%。在两个团队各买一次的客户，在上级部门算一位、买两次。',
  'example.repeat_purchase_share': '本月销售额 100000 元，其中购买两次及以上的客户 37000 元：37%。',
  'example.retention_rate': '4 月购买过的客户 50 位，其中 5 月又购买的 35 位：35÷50 = 70%。',
  'example.churn_rate': '4 月购买过的客户 50 位，其中 5 月没有购买的 15 位：15÷50 = 30%。',
  'example.utilization_rate':
    '两单各从启动到解决 3 小时和 1 小时，当日两人各排班 8 小时（一人请假）：4÷16 = 25%。没有排班记录时无法计算。',
  'example.tickets_per_agent_day': '解决 24 单，在岗 3 人日（请假的一人日不计）：24÷3 = 8 次。',
  'example.qualified_on_duty_rate':
    '在岗 4 人日，其中 3 人日持证、1 人日未持证：3÷4 = 75%；未填是否持证的不计。',
  'example.complaint_satisfaction':
    '一份答卷渠道便利 4、响应速度 3、处理质量 5，另一份只答了处理质量 2：((4+3+5)÷3 + 2)÷2 = 3 分。',
  'example.survey_response_rate':
    '5 月发放 200 份，其中 60 份已提交（6 月提交的也算）：60÷200 = 30%。同一工单同一轮次再次提醒的不另计。',
  'example.survey_sent_in_time_rate':
    '10 日 18:00 确认的工单，11 日 18:00 前发放为及时；10 单到期，7 单及时、2 单晚发、1 单未发：7÷10 = 70%。',
} as const satisfies Record<string, string>

export const en: Record<keyof typeof zh, string> = {
  'help.page': 'Help pages',
  'help.search': 'Search the help',
  'help.nothing': 'Nothing found. Try another word, or clear the search.',
  'help.measures': 'Measures with a worked example',
  'help.example': 'For example:',
  'help.needs': 'needs: {{fields}}',
  'help.score':
    'Scores run from 0 to 10 and fall by the rule once the target is missed. Target at most 30 min, 1 off per 5 min in whole steps: 42 min is 12 over, two whole steps, 8 points. The total is the sum of weight × score over the weights that counted.',
  'help.states': 'When there is no number',
  'help.topics': 'Units that move, stages of products',
  'help.import': 'How to import',
  'help.glossary': 'Glossary',
  'helpState.none': '— nothing happened',
  'helpStateWhat.none': 'There are no such records in the period. That is not 0, and it leaves the total.',
  'helpState.few': 'Too few',
  'helpStateWhat.few':
    'There is a value, but from fewer records than the standard asks for; it is scored and not ranked.',
  'helpState.incomputable': 'Column missing',
  'helpStateWhat.incomputable':
    'A field the formula needs has no data; the page names it. Map that column when importing. It leaves the total.',
  'helpState.failed': 'Failed',
  'helpStateWhat.failed':
    'The product failed. Neither the value nor the total is shown; try again, or send the diagnosis to support.',
  'helpState.zero': '0',
  'helpStateWhat.zero': 'There are records, and the result is 0: no order was late, for example.',
  'helpState.provisional': 'Provisional',
  'helpStateWhat.provisional':
    'A window is still open (whether an order re-opens within 7 days), so the value may move.',
  'helpTopic.moved': 'Figures after a unit moved',
  'helpTopicWhat.moved':
    'They go by the tree of each day: a team that moved to South on 1 July counts there from July on; June and before stay with its former department. A correction takes the earlier records along. The figures of closed periods stay.',
  'helpTopic.sight': 'Who sees a unit that moved',
  'helpTopicWhat.sight':
    'That goes by the tree of today: the lead of the former department no longer sees the team, nor its earlier records, so the figure they see may be smaller than the one of the whole organization. The new lead sees the earlier records, but they do not count in the new department.',
  'helpTopic.stages': 'Stages of a product’s life',
  'helpTopicWhat.stages':
    'Under Settings · Products each product has the first day of launch, growth and maturity; leave empty what is not known. A record is of the stage of its day: with growth from 1 December on, an order of 30 November is of launch, one of 1 December of growth. Records before the first stage, and those without a product, are of none.',
  'helpTopic.stageDays': 'Indicators of a stage, other days',
  'helpTopicWhat.stageDays':
    'An indicator may stand for one stage alone; figures and lists are narrowed to one and split by it. Other days change past records too; the figures of closed periods stay, and the causes of what changed name the product.',
  'helpImport.choose':
    'Choose a file: drop an xlsx or csv; encoding, sheet and header row are found and can be changed.',
  'helpImport.map':
    'Map columns: each is guessed, doubts are marked; the mapping is remembered for its source.',
  'helpImport.preview':
    'Preview: the parser of the import checks each row; faulty cells can be mended in place.',
  'helpImport.done': 'Done: rows new, updated and skipped, a workbook of the faulty ones; undo for 30 days.',
  'example.first_response_minutes':
    'Two orders: received 9:00, answered 9:20; received 10:00, answered 10:40. (20+40)/2 = 30 min.',
  'example.response_minutes':
    'The customer writes at 9:00 and 9:01 and is answered at 9:04; asks again at 9:10 and is answered at 9:12: (4+2)/2 = 3 min.',
  'example.response_in_time_rate': 'Limit 30 min; answered after 20, 30 and 31 min: 2/3 = 66.7%.',
  'example.response_timeouts': 'Limit 30 min; answered after 20, 30 and 31 min: 1.',
  'example.start_in_time_rate':
    'Urgent after 1 h, important after 30 h, normal after 40 h; limits 2, 24, 48 h: 2/3 = 66.7%.',
  'example.plan_in_time_rate': 'Limit 24 h; plans confirmed after 20 and 25 h: 1/2 = 50%.',
  'example.handling_hours': 'From start to resolution 2 and 4 h: 6/2 = 3 h.',
  'example.resolution_hours': 'From receipt to resolution 6 and 18 h: 24/2 = 12 h.',
  'example.fault_repair_hours':
    'From fault identified to resolution 3 and 5 h: 8/2 = 4 h; consultations do not count.',
  'example.resolution_in_time_rate': 'Ordinary in 20 h, ordinary in 30 h, complex in 70 h: 2/3 = 66.7%.',
  'example.resolution_timeouts': 'One ordinary resolved after 30 h, one complex open after 80 h: 2.',
  'example.first_contact_resolution':
    '10 resolved, one of them re-opened, one after two contacts: 8/10 = 80%.',
  'example.fcr_all_rate': '20 received, 15 resolved at first contact: 15/20 = 75%.',
  'example.resolution_rate': '20 received, 18 resolved and not re-opened: 18/20 = 90%.',
  'example.reopen_rate': '50 resolved, 2 re-opened within 7 days: 2/50 = 4%.',
  'example.record_completeness': 'Two orders with 10 required fields, 10 and 8 filled in: 18/20 = 90%.',
  'example.experience_score': 'Three ratings 5, 4 and 4: 13/3 = 4.33.',
  'example.csat_rate': 'Ratings 5, 4, 4 and 2; three reach 4: 3/4 = 75%.',
  'example.item_score': 'Three ratings of the item, 5, 4 and 3: 12/3 = 4.',
  'example.low_score_closed_in_time_rate':
    'A reply is due in three working days: of 10 low scores or suggestions 8 were replied to in time, 1 late, 1 not and past its limit: 8 ÷ 10 = 80 %.',
  'example.nps': '10 answers: five of 9–10, two of 0–6. 50% − 20% = +30.',
  'example.repair_rate':
    '20 repairs ended this month: 18 repaired, one of them re-opened within 7 days; 2 given up: 17/20 = 85%.',
  'example.first_time_fix_rate':
    '40 repairs solved, 5 of them with two visits, 1 with the same fault again after 20 days: 34/40 = 85%.',
  'example.onsite_in_time_rate':
    'On site within 4 h at level 1: 18 arrived, 16 of them within it, 2 more past it without anybody there: 16/20 = 80%.',
  'example.diagnosis_accuracy_rate':
    '50 orders resolved with a first diagnosis and a final cause, 44 of them the same: 44/50 = 88%. “Power Board” and “power-board” are the same.',
  'example.repair_accuracy_rate':
    '40 repairs solved, of 38 it is known whether they were redone, 1 was: 37/38 = 97.4%.',
  'example.plan_accuracy_rate':
    '30 orders with a confirmed plan have ended: 2 plans were replaced, 1 order was re-opened after 3 days: 27/30 = 90%.',
  'example.parts_fill_rate': 'Two orders asked for 3 and 5 parts, 3 and 4 were there at once: 7/8 = 87.5%.',
  'example.knowledge_use_rate': '60 resolved, an article was used in 45 and none in 15: 45/60 = 75%.',
  'example.follow_up_rate':
    'Within 72 h after the solution: 18 followed up in time, 1 late, 1 past the limit without: 18/20 = 90%.',
  'example.process_compliance_rate':
    'Two inspections of 20 nodes of the process, 19 done in order, in time and by the right role: 19/20 = 95%.',
  'example.repeat_fault_rate':
    '40 repairs received, 2 of them of a serial number with the same fault within 30 days before: 2/40 = 5%.',
  'example.remote_resolution_rate': '50 resolved, 20 of them remotely: 20/50 = 40%.',
  'example.self_service_rate': '50 resolved, 5 of them by self-service: 5/50 = 10%.',
  'example.cost_per_ticket':
    'Costs of the month: labour 200, parts 80.50; three resolved, one of them without costs of its own and 20 in its field: 300.50/3 = 100.17.',
  'example.complaint_rate': '200 orders received, 6 of them complaints: 6/200 = 3%.',
  'example.complaint_response_minutes': 'Two complaints answered after 10 and 20 min: 30/2 = 15 min.',
  'example.complaint_handling_rate': '9 settled, 1 still open past its limit: 9/10 = 90%.',
  'example.complaint_resolution_rate':
    '8 settled and confirmed by the customer, one of them re-opened; 1 still open past its limit: 7/9 = 77.8%.',
  'example.complaint_in_time_rate': '8 settled in time, 1 late, 1 still open past its limit: 8/10 = 80%.',
  'example.repeat_complaint_rate':
    '20 complaints received, one from a customer who complained of the same 20 days before: 1/20 = 5%.',
  'example.answer_rate': '100 calls and chats, 92 of them answered: 92/100 = 92%.',
  'example.answer_in_standard_rate':
    'A phone answered at the 3rd ring, one at the 4th, one given up after 2, a chat answered in 10 s: 2/4 = 50%. A call without its rings does not count.',
  'example.inspection_score':
    'Greeting 8 of 10, closing 20 of 20: 28/30 = 93.33; an inspection with a failed veto item is 0.',
  'example.etiquette_score': 'Greeting 8 of 10, appearance 10 of 10: 18/20 = 90.',
  'example.wording_score': 'Standard wording 6 of 10, banned words (veto) failed: 0.',
  'example.mystery_shopper_score': 'Two visits of 90 and 81: 171/2 = 85.5.',
  'example.record_accuracy_rate': 'Two inspections of 10 fields, 10 and 9 of them right: 19/20 = 95%.',
  'example.training_hours':
    'A trained for 7.5 h, B for 2 h and 1.25 h, C sat an exam of 2 h: 7.5 + 2 + 1.25 = 10.75 h; the exam does not count.',
  'example.exam_pass_rate':
    'A and B passed, C failed and passed the resit: 3/4 = 75%; the resit is one more.',
  'example.experience_points':
    'A joined on 15 January, 3 full months by 30 April, and has resolved 250 orders: 3 + 250/100 = 5.5; B has 24 months and 1,000 orders: 34. Both resolved some in April: (5.5 + 34)/2 = 19.75.',
  'example.repeat_purchases': 'This month A bought 3 times and B once: (3 − 1) + (1 − 1) = 2.',
  'example.repeat_purchase_rate':
    '40 customers bought this month, 10 of them twice or more: 10/40 = 25%. Who bought once in each of two teams is, in the department above them, one customer who bought twice.',
  'example.repeat_purchase_share':
    '100,000 were sold this month, 37,000 of it to customers who bought twice or more: 37%.',
  'example.retention_rate': '50 customers bought in April, 35 of them in May again: 35/50 = 70%.',
  'example.churn_rate': '50 customers bought in April, 15 of them not in May: 15/50 = 30%.',
  'example.utilization_rate':
    'Two orders took 3 h and 1 h from start to solution; two people were scheduled for 8 h each that day, one on leave: 4/16 = 25%. Without schedules it cannot be computed.',
  'example.tickets_per_agent_day':
    '24 orders resolved, 3 days worked (the day of leave does not count): 24/3 = 8.',
  'example.qualified_on_duty_rate':
    '4 days on duty, 3 of the qualified and 1 of somebody who is not: 3/4 = 75%; not known is not counted.',
  'example.complaint_satisfaction':
    'One response gives 4, 3 and 5, another handling quality 2 alone: ((4+3+5)/3 + 2)/2 = 3.',
  'example.survey_response_rate':
    '200 sent in May, 60 of them answered, be it in June: 60/200 = 30%. A reminder of the same order and round is not counted again.',
  'example.survey_sent_in_time_rate':
    'Confirmed at 18:00 on the 10th, in time until 18:00 on the 11th; of 10 orders due 7 were asked in time, 2 late, 1 not at all: 7/10 = 70%.',
}
