"""Training grammars: food and its delivery."""

from __future__ import annotations

from train.sentiment.supplement.grammar import Grammar

_FOOD = "麻辣烫|奶茶|炸鸡|披萨|米线|盖浇饭|饺子|烤鱼|汉堡|酸菜鱼|小龙虾|寿司|黄焖鸡|火锅|面条|包子|咖啡|蛋糕|沙拉|烧烤"

GRAMMARS = [
    Grammar(
        "delivery positive",
        "positive",
        400,
        """
        {food}{good}{end}
        {food}{good}，{again}{end}
        {rider}{rider_good}，{food}{good}{end}
        {rider}{rider_good}{end}
        {food}一点都不{bad}，{good}
        味道{taste_good}，{again}{end}
        {food}不难吃，反而{good}
        没想到{food}{good}{end}
        下着大雨{rider}还{rider_rain}，{thanks}
        {food}比{other}{better}{end}
        """,
        {
            "food": _FOOD,
            "rider": "骑手|外卖小哥|送餐员|配送员|小哥",
            "good": "真好吃|味道很正|分量十足|又香又热乎|料很足|新鲜可口|好吃到舔盘|吃得很满足|鲜嫩多汁|香辣过瘾",
            "rider_good": "提前十分钟送到|特别有礼貌|送得飞快|爬六楼送上来|主动帮忙带垃圾|服务真好|准时又热情",
            "rider_rain": "准时送到|把餐护得好好的|笑着说用餐愉快|没让汤洒出来",
            "thanks": "太感谢了|辛苦了，赞|真暖心|必须打赏",
            "again": "还会回购|下次还点|强烈推荐|五星好评|值得再来|已经是老顾客了|吃了还想吃|大家都说好",
            "bad": "油腻|咸|辣得过分|腻|贵",
            "taste_good": "很赞|一流|超级棒|没得说|好极了|正宗",
            "other": "楼下那家|上次那家|食堂|我自己做的|网红店",
            "better": "好吃多了|强太多|香|实惠|新鲜",
            "end": "|！|。|~|😋|👍",
        },
    ),
    Grammar(
        "delivery negative",
        "negative",
        400,
        """
        {food}{bad}{end}
        {food}{bad}，{never}{end}
        {rider}{rider_bad}，{food}{bad}{end}
        {rider}{rider_bad}{end}
        {food}一点都不{good}，{bad}
        味道{taste_bad}，{never}{end}
        {food}没有想象中{good}，{feel}
        没想到{food}{bad}{end}
        等了{number}，{food}{bad}，{feel}
        {food}比{other}{worse}{end}
        {food}里有{dirt}，{feel}{end}
        这{food}能吃吗，{bad}
        """,
        {
            "food": _FOOD,
            "rider": "骑手|外卖小哥|送餐员|配送员|小哥",
            "bad": "太难吃了|都凉透了|洒了一半|又咸又油|一股馊味|分量少得可怜|吃完拉肚子|根本没熟|不新鲜|跟图片差太远|硬得嚼不动|少送了一份",
            "rider_bad": "迟到一个小时|态度恶劣|把餐放错楼了|没送到就点完成|电话也不打|骂骂咧咧|偷吃了我的餐",
            "never": "再也不点了|别买|差评|建议避雷|不会有下次|拉黑了|谁点谁后悔|退款",
            "good": "好吃|新鲜|入味|香|热乎",
            "taste_bad": "太差|一塌糊涂|难以下咽|怪怪的，恶心|淡得像水|不敢恭维",
            "feel": "太失望了|气死了|饿得头晕|心情全无|白花钱|倒胃口|想吐",
            "number": "两个小时|一个半小时|一下午|九十分钟",
            "other": "楼下那家|上次那家|食堂|我自己做的|泡面",
            "worse": "难吃多了|差远了|还难吃|贵还少",
            "dirt": "头发|虫子|苍蝇|塑料片|钢丝|沙子",
            "end": "|！|。|！！|🤮|😡",
        },
    ),
    Grammar(
        "delivery plain",
        "neutral",
        440,
        """
        {food}{fact}
        {ask}{mark}
        请问{ask}{mark}
        {food}{ask_food}{mark}
        我点了一份{food}
        {when}吃{food}
        {when}点了{food}和{food}
        备注：{note}
        {note}
        {rider}{state}
        外卖{state}
        {when}和同事{what_do}
        """,
        {
            "food": _FOOD,
            "fact": "十八元一份|有大份和小份|加一份米饭|不要香菜|放在前台|是微辣的|第二份半价|用的是纸盒|十一点开始供应|今天卖完了|需要自取|配一碗汤|可以做成套餐",
            "ask": "几点开始送餐|配送费多少|送到几楼|现在还能下单吗|起送价是多少|可以自取吗|有没有素食|最晚几点打烊|发票怎么开|餐具要另外加吗|大概几分钟到|店在哪条路",
            "ask_food": "多少钱一份|是甜的吗|放辣椒吗|几个人吃|可以少糖吗|是现做的吗|怎么加热|有小份吗|配什么酱",
            "when": "今天中午|晚上|周末|昨天|早上|下班后|明天",
            "note": "不要葱|少放辣|多给一双筷子|放在门口|到了打电话|放前台就行|不要餐具|送到三号楼|请按门铃|米饭分开装",
            "rider": "骑手|外卖小哥|送餐员|配送员",
            "state": "已取餐|在路上|距离一公里|到楼下了|预计十二点送达|放在门口了|正在等餐|已接单|改送到公司前门|由商家配送",
            "what_do": "一起点外卖|去食堂吃饭|吃了盒饭|订了二十份工作餐|在店里吃|各点各的",
            "mark": "|？|？|?|呢？",
        },
    ),
    Grammar(
        "delivery mixed",
        "neutral",
        280,
        """
        {food}{good}，{but}{bad}{end}
        {food}{bad}，{but}{good}{end}
        {food}{so_so}{end}
        味道{so_so}，{good}
        味道{so_so}，{bad}
        {food}不难吃，也{not_good}
        {food}谈不上{good_word}，也不算{bad_word}
        """,
        {
            "food": _FOOD,
            "good": "味道不错|分量够|送得准时|价格实惠|挺新鲜|包装好",
            "bad": "送得有点慢|价格偏贵|有点咸|分量少|有点凉了|油大了点|汤洒了一点",
            "but": "但是|不过|就是|可是|可惜|只是|但",
            "so_so": "一般般|还行吧|还凑合|马马虎虎|中规中矩|没什么特色|能填饱肚子|就那样|不好不坏|普通",
            "not_good": "说不上好吃|没什么惊喜|不算特别|没多好",
            "good_word": "好吃|惊艳|特别香|美味",
            "bad_word": "难吃|太差|踩雷|差",
            "end": "|。|吧",
        },
    ),
]
