"""Test grammars: other templates and other words than those of training and validation. Never used for choosing."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

GRAMMARS = [
    Grammar(
        "held-out social positive",
        "positive",
        140,
        """
        {who}{do}，{cheer}{mark}
        {cheer}，{who}{do}{mark}
        {who}的{work}{praise}{mark}
        连我{skeptic}都说{work}{praise}
        看了{work}，{felt}{mark}
        """,
        {
            "who": "小哥哥|歌手|导演|老师傅|这位姑娘|乐队|解说员|舞团",
            "do": "发挥稳定|进步神速|实力过硬|唱功了得|颜值在线|宠粉无极限|幽默风趣|谦虚又低调",
            "work": "新歌|短片|作品|手工|演唱会|漫画|纪录片|段子",
            "praise": "令人叫绝|水平一流|拍案叫好|美轮美奂|百听不腻|无可挑剔|诚意十足|让人眼前一亮",
            "cheer": "爱死了|佩服得五体投地|打call|我粉了|好样的|干得漂亮|开心到转圈",
            "skeptic": "爷爷|路人|挑剔的老妈|理科生",
            "felt": "烦恼全没了|浑身充满干劲|嘴角一直上扬|暖到心窝|又哭又笑，值了",
            "mark": "|!|💪|😘|👏👏|🌈",
        },
    ),
    Grammar(
        "held-out social negative",
        "negative",
        140,
        """
        {who}{do}，{boo}{mark}
        {boo}，{who}{do}{mark}
        {who}的{work}{blame}{mark}
        连我{fan}都嫌{work}{blame}
        看了{work}，{felt}{mark}
        """,
        {
            "who": "小哥哥|歌手|导演|老师傅|这位姑娘|乐队|解说员|舞团",
            "do": "耍大牌|假唱被抓|毫无诚意|满嘴脏话|欺骗粉丝|江郎才尽|甩锅队友|装疯卖傻",
            "work": "新歌|短片|作品|手工|演唱会|漫画|纪录片|段子",
            "blame": "不堪入目|漏洞百出|粗制滥造|令人作呕|俗不可耐|毫无新意|乱七八糟|像催眠曲",
            "boo": "脱粉了|滚出去|丢脸丢到家|好气啊|真倒霉|受够了|想砸手机",
            "fan": "死忠粉|好脾气的人|爷爷|老妈",
            "felt": "肠子都悔青了|火冒三丈|浑身难受|只想骂娘|昏昏欲睡，白看了",
            "mark": "|!|💔|😠|😒|🙃",
        },
    ),
    Grammar(
        "held-out social neutral",
        "neutral",
        150,
        """
        {who}是{from_where}人
        {who}{time}{act}
        {work}{act2}
        {work}{ask}{mark}
        {who}{ask_who}{mark}
        {work}{middle}，{stance}
        """,
        {
            "who": "小哥哥|歌手|导演|老师傅|这位姑娘|乐队|解说员|舞团",
            "from_where": "湖南|东北|福建|新疆|宁波|台湾",
            "time": "半夜十一点|星期六|五月份|年底|开学前|去年秋天",
            "act": "在杭州巡演|接受采访|换了经纪公司|参加比赛|开始招募学员|录了一段语音",
            "work": "新歌|短片|作品|手工|演唱会|漫画|纪录片|段子",
            "act2": "共分上下两集|刊登在第六期|定于月中发布|由三人合作完成|采用黑白画面|转载自论坛",
            "ask": "收录在哪张专辑|出自哪本书|要门票吗|一共几分钟|谁有文字版|能下载吗",
            "ask_who": "结婚了吗|学过几年|今年几岁|属什么的|戴的是什么帽子|住在哪儿",
            "middle": "有亮点也有硬伤|不过不失|马虎看看|五五开|质量忽高忽低|平平淡淡|中不溜",
            "stance": "各花入各眼|不好说|随缘吧|持保留意见|让子弹飞一会儿|等大家的看法",
            "mark": "|?|？|啊|捏",
        },
    ),
    Grammar(
        "held-out holidays positive",
        "positive",
        150,
        """
        {feast}{hello}，愿{person}{bless}{mark}
        愿{person}{bless}，{bless}{mark}
        {person}{feast}{hello}{mark}
        {feast}{scene}{mark}
        {scene}，{glad}{mark}
        """,
        {
            "feast": "劳动节|妇女节|平安夜|冬至|腊八节|父亲节|情人节|建军节|三八节|除夕夜",
            "hello": "祝福送到|安康|幸福|喜乐|吉祥|愉快",
            "person": "战友们|舅舅|外公外婆|恩师|诸位乡亲|闺女|所有劳动者|妹妹|您全家",
            "bless": "福寿双全|鸿运当头|百事顺遂|金榜题名|生意兴隆|长命百岁|家和事兴|前程似锦|喜事连连|四季平安",
            "scene": "围炉吃火锅其乐融融|亲人重逢喜极而泣|烛光晚餐好浪漫|儿孙满堂欢声笑语|和发小相聚聊得真痛快|灯笼高挂好喜庆|压岁钱收到手软|家乡的年糕又香又糯",
            "glad": "乐开了花|甜到心里|满心欢喜|此生无憾|兴奋得睡不着|倍感温馨",
            "mark": "|!|💐|🎊|😊|🍀|🎁",
        },
    ),
    Grammar(
        "held-out holidays negative",
        "negative",
        150,
        """
        {feast}{misery}{mark}
        {misery}，{grief}{mark}
        {feast}{misery}，{grief}
        好端端的{feast}，{misery}{mark}
        {grief}，{feast}{misery}
        """,
        {
            "feast": "劳动节|妇女节|平安夜|冬至|腊八节|父亲节|情人节|建军节|三八节|除夕夜",
            "misery": "被老板叫回单位干活|客车抛锚困在半路|订好的饭店临时取消|跟对象大吵一架|行李丢在车站|烟花没看成还淋了雨|抢红包软件吞了我的余额|黄牛票比原价高五倍|发霉的年糕吃坏肚子|演出糊弄人|商场里挤得快窒息|孩子发烧跑了两趟急诊|长辈逼着相亲|快件压坏了没人赔",
            "grief": "烦透顶|眼泪都下来了|糟透了|憋屈|倒霉透了|火大|太惨了|窝囊得很|后悔不迭|不开心",
            "mark": "|!|😢|😩|💢|☹️",
        },
    ),
    Grammar(
        "held-out holidays neutral",
        "neutral",
        160,
        """
        {feast}{person}{plan}
        {hour}{plan}
        {feast}{question}{mark}
        {item}{detail}
        {item}{question_item}{mark}
        {feast}过得{middle}，{aside}
        """,
        {
            "feast": "劳动节|妇女节|平安夜|冬至|腊八节|父亲节|情人节|建军节|三八节|除夕夜",
            "person": "舅舅|掌柜|妹妹|财务部|车间|居委会|闺女",
            "hour": "晚七点半|上午十点整|午饭后|周三傍晚|清晨五点|夜里十二点",
            "plan": "蒸年糕|清点库存|去车站接人|在广场集合|公布轮值名单|开联欢会|回县城|挂灯笼|统一发放补助|走亲戚",
            "question": "食堂供饭吗|邮局营业不|哪天调班|是不是法定假日|是阴历哪一天|能不能请假|公交末班车是几点|算加班工资吗",
            "item": "年糕|灯笼|腊肉|请柬|车票|贺岁片|礼券|鞭炮",
            "detail": "存放在仓库|每户两张|月初到货|一共三十份|由门卫代收|从湖北运来|用红纸包着|按人头分配",
            "question_item": "归谁保管|去哪儿取|是多大规格|够不够分|到货了没|每人限购几份",
            "middle": "平平常常|不咸也不淡|马虎|跟平日差不多|谈不上好坏|中等",
            "aside": "歇了一天而已|饭菜可口路上折腾|见了亲人也累坏了|没啥可说的|有乐有忧|就是睡觉看电视",
            "mark": "|?|？|啊|哪",
        },
    ),
    Grammar(
        "held-out service and delivery positive",
        "positive",
        120,
        """
        {who}{virtue}，{praise}{mark}
        {dish}{yum}{mark}
        {dish}{yum}，{praise}
        {praise}，{who}{virtue}
        哪怕{hard}，{who}依然{virtue}
        """,
        {
            "who": "柜员|护士|理赔员|外送大叔|维修工|店小二|话务员|交警",
            "virtue": "和蔼可亲|办事麻利|彬彬有礼|替人着想|一丝不苟|不厌其烦|面带微笑",
            "praise": "给一百分|值得表扬|令人感激|找不到缺点|深得我心|实在难得|点个大大的赞",
            "dish": "肠粉|羊肉汤|煎饼|凉皮|豆浆|锅包肉|糖葫芦|冒菜",
            "yum": "唇齿留香|鲜美无比|松软香甜|回味无穷|料多味足|吃得肚子圆滚滚|让人食指大动",
            "hard": "忙得满头大汗|天寒地冻|队伍排到门外|被误会",
            "mark": "|!|👏|🙏|😌",
        },
    ),
    Grammar(
        "held-out service and delivery negative",
        "negative",
        120,
        """
        {who}{vice}，{blame}{mark}
        {dish}{yuck}{mark}
        {dish}{yuck}，{blame}
        {blame}，{who}{vice}
        难道{who}就可以{vice}？
        """,
        {
            "who": "柜员|护士|理赔员|外送大叔|维修工|店小二|话务员|交警",
            "vice": "蛮不讲理|拖拖拉拉|出口伤人|推三阻四|丢三落四|甩脸色|狮子大开口",
            "blame": "给零分|强烈谴责|忍无可忍|令人愤怒|毫无良心|太欺负人|必须曝光",
            "dish": "肠粉|羊肉汤|煎饼|凉皮|豆浆|锅包肉|糖葫芦|冒菜",
            "yuck": "腥得没法入口|发酸变质|糊底发苦|缺斤少两|冷冰冰的|掺了水|嚼起来像蜡",
            "mark": "|!|💢|😠|😖",
        },
    ),
    Grammar(
        "held-out service and delivery neutral",
        "neutral",
        150,
        """
        {who}{status}
        {paper}{ask}{mark}
        {paper}{status_paper}
        {dish}{ask_dish}{mark}
        {dish}{detail}
        {dish}{middle}{aside}
        {who}{middle}{aside}
        """,
        {
            "who": "柜员|护士|理赔员|外送大叔|维修工|店小二|话务员|交警",
            "status": "轮到晚班|站在门口|去了隔壁科室|戴着蓝色工牌|说要带户口本|记录了电话|每月轮换一次",
            "paper": "合同|病历|驾照|回执|申请表|银行卡|保单|水费单",
            "ask": "在哪个窗口补办|需要盖章吗|能代领不|几个工作日出来|放在谁那里|填几份",
            "status_paper": "共有四页|要贴两张照片|由总部签发|寄往东莞|编号是双数|已录入电脑",
            "dish": "肠粉|羊肉汤|煎饼|凉皮|豆浆|锅包肉|糖葫芦|冒菜",
            "ask_dish": "有几种吃法|来几碗|怎么卖|用什么锅做|加鸡蛋多少钱|算主食吗",
            "detail": "六元一碗|是早市卖的|用粗碗装|按斤称|刚端上来|先煮后蒸",
            "middle": "水准平平，|没有太出彩也没出错，|差强人意，|在及格线上，|有优点有缺点，",
            "aside": "给个中评|三颗星|谈不上推荐|再观察|看运气",
            "mark": "|?|？|啊|哪",
        },
    ),
    Grammar(
        "held-out hotels and products positive",
        "positive",
        140,
        """
        {item}{merit}，{verdict}{mark}
        {item}{merit}{mark}
        {lodging}{charm}，{verdict}{mark}
        {verdict}，{lodging}{charm}
        跟{rival}相比，{item}{merit}
        {item}没{flaw}，{merit}
        """,
        {
            "item": "平板|羽绒服|扫地机|小说|毛巾|行车记录仪|婴儿车|菜刀|台历|吹风机",
            "merit": "经久耐用|轻便灵巧|清晰流畅|细腻柔软|稳定可靠|锋利趁手|精美绝伦|贴合舒适|引人入胜",
            "verdict": "买得值|大赞|相当满意|相见恨晚|没得挑剔|乐意再次光顾|放心推荐亲友",
            "lodging": "木屋|帐篷营地|邮轮|商务套房|四合院|海岛",
            "charm": "一尘不染|古色古香|鸟语花香|温馨雅致|宽敞明亮|让人流连忘返",
            "rival": "旧款|进口货|邻居那台|市面上的",
            "flaw": "异响|毛刺|色差|故障",
            "mark": "|!|👏|😌|🌟",
        },
    ),
    Grammar(
        "held-out hotels and products negative",
        "negative",
        140,
        """
        {item}{defect}，{verdict}{mark}
        {item}{defect}{mark}
        {lodging}{horror}，{verdict}{mark}
        {verdict}，{lodging}{horror}
        跟{rival}相比，{item}{defect}
        {item}不怎么{merit}，{verdict}
        """,
        {
            "item": "平板|羽绒服|扫地机|小说|毛巾|行车记录仪|婴儿车|菜刀|台历|吹风机",
            "defect": "偷工减料|动不动失灵|漏毛漏绒|烫手冒烟|生锈卷刃|闪退黑屏|粗劣不堪|味同嚼蜡|松松垮垮",
            "verdict": "买亏了|大失水准|相当不满|悔不当初|纯属糊弄人|要求赔偿|劝亲友别碰",
            "lodging": "木屋|帐篷营地|邮轮|商务套房|四合院|海岛",
            "horror": "垃圾遍地|臭气熏天|老鼠乱窜|阴暗潮湿|吵闹不休|宰客成风",
            "rival": "旧款|进口货|邻居那台|市面上的",
            "merit": "灵光|保温|牢固|精细|省电",
            "mark": "|!|💢|😖|⚠️",
        },
    ),
    Grammar(
        "held-out hotels and products neutral",
        "neutral",
        160,
        """
        {item}{fact}
        {item}{ask}{mark}
        {lodging}{fact_place}
        {lodging}{ask_place}{mark}
        {item}{pro}，{yet}{con}
        {lodging}{con_place}，{yet}{pro_place}
        {item}{middle}
        """,
        {
            "item": "平板|羽绒服|扫地机|小说|毛巾|行车记录仪|婴儿车|菜刀|台历|吹风机",
            "fact": "净重两公斤|产自江苏|放进抽屉|附带一张卡片|型号尾数是七|由叔叔代购|采用铝合金|排在第三页",
            "ask": "续航几小时|要配什么插座|怎么清洗|谁在用|能开增值税票不|出了几个版本",
            "lodging": "木屋|帐篷营地|邮轮|商务套房|四合院|海岛",
            "fact_place": "离码头四公里|建于一九九八年|可容纳六十人|十月到次年三月关闭|分东西两区|要坐船过去",
            "ask_place": "归哪个镇管|能做饭吗|住几晚合适|带几件行李|何时开始接待|有医务室没",
            "pro": "样式新颖|省电|轻巧|用料扎实|定价低",
            "con": "配件少|偏厚|接口旧|声音闷|容易沾灰",
            "pro_place": "视野好|老板实在|吃饭便当|空气不错|收费低",
            "con_place": "交通不便|蚊虫多|热水限时|地板吱呀响|信号弱",
            "yet": "然而|奈何|话说回来|倒是|偏偏",
            "middle": "算是及格|平庸|可有可无|中等偏上一点|谈不上好用难用|一般水准",
            "mark": "|?|？|啊|哪",
        },
    ),
]
