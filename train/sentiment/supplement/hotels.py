"""Training grammars: hotels and travel."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

_PLACE = "酒店|民宿|客栈|宾馆|景区|旅馆|度假村|青旅|公寓|温泉|房间|餐厅"

GRAMMARS = [
    Grammar(
        "hotels positive",
        "positive",
        380,
        """
        {place}{good}，{good2}{end}
        {place}{good}{end}
        {staff}{staff_good}，{again}{end}
        {place}一点都不{bad}，{good2}
        {place}没有传说中那么{bad}，{good2}
        {good2}，{again}{end}
        早餐{breakfast}，{good2}
        带{who}来住，{good2}，{again}
        这次出来玩{trip}{end}
        比上次住的{place}{better}，{again}
        """,
        {
            "place": _PLACE,
            "staff": "前台|服务员|老板娘|管家|保洁阿姨|导游|司机师傅",
            "good": "干净整洁|环境优美|布置得很温馨|设施很新|视野开阔|离地铁很近|安静舒适|性价比超高|装修有品位",
            "good2": "床很舒服|睡得特别香|隔音很好|孩子玩得很开心|风景美极了|空气清新|住得很满意|拍照特别出片|热水充足",
            "staff_good": "热情周到|免费升级了房型|帮忙提行李|笑脸相迎|有求必应|讲解生动|细心体贴",
            "again": "下次还住这里|推荐给朋友|五星好评|绝对会再来|不虚此行|物超所值",
            "bad": "吵|旧|偏僻|贵|脏|潮湿|拥挤",
            "breakfast": "丰盛可口|品种多又新鲜|很好吃|超出预期",
            "who": "爸妈|孩子|女朋友|老人|全家",
            "trip": "太值了|非常愉快|开心极了|收获满满|完美",
            "better": "好太多|干净|舒服多了|划算",
            "end": "|！|。|~|👍|😊",
        },
    ),
    Grammar(
        "hotels negative",
        "negative",
        380,
        """
        {place}{bad}，{bad2}{end}
        {place}{bad}{end}
        {staff}{staff_bad}，{never}{end}
        {place}一点都不{good}，{bad2}
        {place}没有图片上{good}，{feel}
        {bad2}，{never}{end}
        早餐{breakfast}，{bad2}
        带{who}来住，{bad2}，{feel}
        这次出来玩{trip}{end}
        比上次住的{place}{worse}，{never}
        这种{place}也敢收{money}，{feel}
        """,
        {
            "place": _PLACE,
            "staff": "前台|服务员|老板娘|管家|保洁阿姨|导游|司机师傅",
            "bad": "又脏又旧|一股霉味|设施老化|和照片完全不符|位置偏得要命|隔壁吵一夜|没有热水|床单有污渍|到处是蟑螂",
            "bad2": "空调不制冷|一晚上没睡着|马桶堵了|卫生堪忧|被蚊子咬了一身包|房间小得转不开身|网络断断续续|退房还被乱扣钱",
            "staff_bad": "爱理不理|态度傲慢|强迫购物|叫半天没人来|随便进房间|把行李弄丢了|乱收费",
            "never": "再也不来了|千万别住|差评|劝大家绕道|后悔死了|纯属花钱买罪受",
            "good": "干净|舒服|安静|新|方便|漂亮|划算",
            "breakfast": "难以下咽|就两样还凉的|排队半天没吃上|敷衍得很",
            "who": "爸妈|孩子|女朋友|老人|全家",
            "trip": "太糟糕了|一路受气|全程踩雷|被坑惨了|失望透顶",
            "feel": "太失望了|气死人|坑爹|上当了|心情全毁了|不值",
            "worse": "差远了|脏多了|还差|贵还破",
            "money": "八百|一千二|五星的价|三百多",
            "end": "|！|。|！！|😡|👎",
        },
    ),
    Grammar(
        "hotels plain",
        "neutral",
        440,
        """
        {place}{fact}
        请问{ask}{mark}
        {ask}{mark}
        {place}{ask_place}{mark}
        我们{when}{plan}
        {when}{plan}
        {number}个人{plan}
        订了{place}，{when}入住
        {place}的{thing}在{where}
        {thing}在{where}
        从{from_place}到{place}{way}
        """,
        {
            "place": _PLACE,
            "fact": "在市中心|一共有八层|两点以后入住|退房时间是十二点|需要身份证登记|有标准间和大床房|要提前预约|每天限量五百人|押金两百|早上七点开放|靠近火车站|由连锁公司管理|价格含双早",
            "ask": "几点退房|可以带宠物吗|有停车场吗|早餐几点开始|能加床吗|押金多少|可以寄存行李吗|离机场多远|怎么坐车过去|有接送机吗|几点关门|要不要预约|能开专票吗",
            "ask_place": "怎么走|在哪个区|还有空房吗|门票多少钱|有电梯吗|有洗衣机吗|几点开门|可以取消吗|支持刷卡吗",
            "when": "明天|下周|国庆|周五晚上|后天|下个月|暑假|今晚",
            "plan": "去杭州出差|坐高铁去西安|住一晚|退房|到昆明|改签到下午|办理入住|从上海出发|自驾去海边|续住一天|租一辆车",
            "number": "两|三|四|五|六",
            "thing": "停车场|餐厅|电梯|游泳池|健身房|洗手间|前台|行李寄存处|自动售货机|会议室",
            "where": "一楼|地下一层|左手边|大堂旁边|二楼东侧|后门|三号楼|楼顶",
            "from_place": "机场|火车站|市区|地铁口|码头",
            "way": "二十分钟|坐三路车|大约五公里|打车三十元|走路十分钟|需要换乘",
            "mark": "|？|？|?|呢？",
        },
    ),
    Grammar(
        "hotels mixed",
        "neutral",
        260,
        """
        {place}{good}，{but}{bad}{end}
        {place}{bad}，{but}{good}{end}
        {place}{so_so}{end}
        {place}{so_so}，{good}
        {place}{so_so}，{but}{bad}
        {good}，{bad}，{total}
        """,
        {
            "place": _PLACE,
            "good": "位置方便|价格不贵|前台客气|房间挺大|早餐还可以|床还算舒服|离地铁近",
            "bad": "隔音不好|设施有点旧|卫生一般|停车不方便|热水来得慢|网速慢|有点小",
            "but": "但是|不过|就是|可是|可惜|只是|但",
            "so_so": "一般般|还行吧|住一晚可以|对得起这个价|中规中矩|没什么特别|凑合住|普普通通|不好不坏|勉强接受",
            "total": "总体一般|三星水平|综合来看中等|打六分|各有利弊|总的来说还行",
            "end": "|。|吧",
        },
    ),
]
