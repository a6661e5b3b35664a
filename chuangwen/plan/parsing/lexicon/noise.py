"""What a government website puts around a document, and page furniture of printed ones."""

from __future__ import annotations

import re

# A line that begins like this belongs to the page, not to the document.
LEADING = re.compile(
    r"(?:\(此[件文][^)]{2,10}\)|您?(?:现在|当前)?(?:所在)?的?位置(?:是)?[:>是]|当前位置|网站首页|首页\s*[>|]|发布时间|发布日期|"
    r"发文日期|成文日期|索\s*引\s*号|主题分类|组配分类|发布机构|发文机[关构]|发文字号|信息来源|"
    r"来源[:]|作者[:]|责任编辑|编辑[:]|浏览次数|阅读次数|点击[数次量]|点击率|访问[量次]|字体[:]|"
    r"字号[:]|【?打印|\[打印|打印本页|打印此页|关闭窗口|关闭本页|\[关闭|分享到|分享[:]|收藏本|扫一扫|"
    r"微信扫|二维码|关于本站|网站地图|联系我们|网站声明|网站访问量|网站标识码|版权所有|技术支持|"
    r"主办[:]|承办[:]|协办[:]|主管[:]|主办单位[:]\s*中共|备案|ICP|.?ICP备|.公网安备|上一篇|下一篇|"
    r"上一条|下一条|相关链接|相关文件|相关附件|返回顶部|无障碍(?:浏览|阅读|版)|长者版|长辈版|有效性[:]|关键词[:]|"
    r"访问次数|本页已|设为首页|加入收藏|\S{0,8}您是第)"
)
# Fragments that mark the closing block of a web page even in the middle of a line.
FOOTER = re.compile(
    r"ICP备|公网安备|网站标识码|版权所有|网站地图|技术支持[:]|网站访问量|关于本站|"
    r"主办[:]\s*\S{0,20}(?:委员会|政府|办公室)|上一篇[:]|下一篇[:]|扫一扫在手机|打印本页|关闭窗口"
)
PAGE_NUMBER = re.compile(r"[—\-]\s*\d{1,4}\s*[—\-]|第\s*\d{1,4}\s*页(?:.{0,4}共\s*\d{1,4}\s*页)?")
# Header fragments inside one long line: what follows the last of them is the document.
HEADER_END = re.compile(
    r"(?:阅读次数|浏览次数|点击[数次量]|访问次数|字体|字号)[:]?\s*(?:\d+\s*次?)?(?:\s*\[[^\]]{0,10}\])?"
    r"|>\s*正文|打印本页|关闭窗口"
)
HEADER_PART = re.compile(
    r"(?:当前|所在)?位置[:]\s?[^>\s]{1,12}+(?:\s?>\s?[^>\s]{1,12}+){1,6}+(?=\s)"
    r"|发布(?:时间|日期)[:]?\s?[\d\-年月日./:]{8,12}(?:\s\d\d:\d\d(?::\d\d)?)?|来源[:]\s?\S{1,16}(?=\s)"
    r"|\(此件[^)]{2,10}\)|—\s?\d{1,3}\s?—"
    r"|[\u4e00-\u9fff]{4,30}文件(?=\s?[\u4e00-\u9fff]{2,12}\[\d{4}\])"
    r"|[\u4e00-\u9fff]{2,12}\[(?:19|20)\d{2}\]\d{1,4}号"
)
PUBLISHED = re.compile(r"发布(?:时间|日期)[:]?\s*(\d{4})[-—./年](\d{1,2})[-—./月](\d{1,2})")
FILE_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}\s?\[\s?(?:19|20)\d{2}\s?\]\s?第?\s?\d{1,4}\s?号")
COPIES = re.compile(
    r"(?:抄\s*送|主\s*送|抄\s*报|印\s*发\s*[:])|\S{2,30}\s+\d{4}年\d{1,2}月\d{1,2}日印发"
)
