<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Command</name>
    <message>
        <source>%1: the capture ends before the first packet: %2</source>
        <translation>%1：抓包在第一个数据包之前就结束了：%2</translation>
    </message>
    <message>
        <source>%1: the capture ends after packet %2: %3</source>
        <translation>%1：抓包在第 %2 个数据包之后结束：%3</translation>
    </message>
    <message>
        <source>%1: a capture without packets</source>
        <translation>%1：没有数据包的抓包</translation>
    </message>
    <message>
        <source>our host is taken to be %1 (--host chooses another)</source>
        <translation>把 %1 当作本机（用 --host 另选）</translation>
    </message>
    <message>
        <source>%1 lessons and %2 scenarios checked: nothing wrong</source>
        <translation>已检查 %1 门课程和 %2 个场景：没有问题</translation>
    </message>
    <message>
        <source>%1 lessons and %2 scenarios checked: not good yet</source>
        <translation>已检查 %1 门课程和 %2 个场景：还有问题</translation>
    </message>
    <message>
        <source>standard output: expected to write all of it, found %1</source>
        <translation>标准输出：应当全部写出，却发现 %1</translation>
    </message>
    <message>
        <source>the kernel stopped: %1</source>
        <translation>内核停止了：%1</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>softirq</source>
        <translation>软中断</translation>
    </message>
    <message>
        <source>hard IRQ</source>
        <translation>硬中断</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户态</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>硬件</translation>
    </message>
</context>
<context>
    <name>Course</name>
    <message>
        <source>Orientation</source>
        <translation>入门</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>接收</translation>
    </message>
    <message>
        <source>sk_buff</source>
        <translation>sk_buff</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>Scheduling</source>
        <translation>调度</translation>
    </message>
    <message>
        <source>RCU</source>
        <translation>RCU</translation>
    </message>
    <message>
        <source>Configuring and observing</source>
        <translation>配置与观察</translation>
    </message>
</context>
<context>
    <name>Fate</name>
    <message>
        <source>delivered</source>
        <translation>已送达</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>forwarded</source>
        <translation>已转发</translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>已忽略</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>无法判定</translation>
    </message>
</context>
<context>
    <name>Handout</name>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>What was learned:</source>
        <translation>学到了什么：</translation>
    </message>
    <message>
        <source>Predict:</source>
        <translation>预测：</translation>
    </message>
    <message>
        <source>Note:</source>
        <translation>笔记：</translation>
    </message>
</context>
<context>
    <name>PlaceText</name>
    <message>
        <source>packet</source>
        <translation>数据包</translation>
    </message>
</context>
<context>
    <name>Scene</name>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>headroom %1, data %2, tailroom %3 bytes</source>
        <translation>头部预留空间 %1 字节，数据 %2 字节，尾部空闲空间 %3 字节</translation>
    </message>
    <message>
        <source>tailroom</source>
        <translation>尾部空闲空间</translation>
    </message>
    <message>
        <source>headroom</source>
        <translation>头部预留空间</translation>
    </message>
    <message>
        <source>head: where the buffer begins; offsets count from here</source>
        <translation>head：缓冲区的起点，偏移从这里算起</translation>
    </message>
    <message>
        <source>data: first byte of the packet as this layer sees it</source>
        <translation>data：本层所见数据包的第一个字节</translation>
    </message>
    <message>
        <source>tail: end of the data</source>
        <translation>tail：数据的末尾</translation>
    </message>
    <message>
        <source>end: end of the buffer; skb_shared_info stands behind it</source>
        <translation>end：缓冲区的末尾，其后是 skb_shared_info</translation>
    </message>
    <message>
        <source>offset %1, %2 bytes</source>
        <translation>偏移 %1，%2 字节</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>首部</translation>
    </message>
    <message>
        <source>%1 more bytes</source>
        <translation>还有 %1 字节</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>hard IRQ</source>
        <translation>硬中断</translation>
    </message>
    <message>
        <source>softirq</source>
        <translation>软中断</translation>
    </message>
    <message>
        <source>process</source>
        <translation>进程</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户态</translation>
    </message>
    <message>
        <source>reader</source>
        <translation>读者</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>已改变</translation>
    </message>
    <message>
        <source>Pointer</source>
        <translation>指针</translation>
    </message>
    <message>
        <source>moved in this step</source>
        <translation>这一步移动过</translation>
    </message>
    <message>
        <source>Network card</source>
        <translation>网卡</translation>
    </message>
    <message>
        <source>packets in the FIFO: %1</source>
        <translation>FIFO 中的数据包：%1</translation>
    </message>
    <message>
        <source>Takes frames from the wire into its FIFO and writes them to memory without the CPU.</source>
        <translation>把网线上的帧收进 FIFO，再写入内存，不经过 CPU。</translation>
    </message>
    <message>
        <source>IRQ masked while polling</source>
        <translation>轮询期间 IRQ 屏蔽</translation>
    </message>
    <message>
        <source>IRQ</source>
        <translation>IRQ</translation>
    </message>
    <message>
        <source>IRQ enabled</source>
        <translation>中断已开启</translation>
    </message>
    <message>
        <source>Interrupt line</source>
        <translation>中断线</translation>
    </message>
    <message>
        <source>Socket</source>
        <translation>套接字</translation>
    </message>
    <message>
        <source>packets queued: %1</source>
        <translation>排队的数据包：%1</translation>
    </message>
    <message>
        <source>sk_receive_queue: packets wait here for the reader. Memory: sk_rmem_alloc of sk_rcvbuf.</source>
        <translation>sk_receive_queue：数据包在这里等待读者。内存：sk_rmem_alloc，上限 sk_rcvbuf。</translation>
    </message>
    <message>
        <source>ready for the NIC</source>
        <translation>就绪，网卡可填</translation>
    </message>
    <message>
        <source>used, DD = 1</source>
        <translation>已用，DD = 1</translation>
    </message>
    <message>
        <source>being cleaned</source>
        <translation>正在清理</translation>
    </message>
    <message>
        <source>DMA now</source>
        <translation>正在 DMA</translation>
    </message>
    <message>
        <source>no buffer</source>
        <translation>无缓冲区</translation>
    </message>
    <message>
        <source>Descriptor</source>
        <translation>描述符</translation>
    </message>
    <message>
        <source>Receive ring</source>
        <translation>接收环</translation>
    </message>
    <message>
        <source>next to clean %1, next to use %2</source>
        <translation>下一个待清理 %1，下一个待使用 %2</translation>
    </message>
    <message>
        <source>Receive descriptors in memory: the NIC fills buffers and sets DD, the driver takes them and gives new ones.</source>
        <translation>内存中的接收描述符：网卡填充缓冲区并置位 DD，驱动程序取走，再补上新的缓冲区。</translation>
    </message>
    <message>
        <source>ready for NIC</source>
        <translation>网卡可填</translation>
    </message>
    <message>
        <source>Stack frame</source>
        <translation>栈帧</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>%1 more frames</source>
        <translation>还有 %1 个栈帧</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>%1, in user space</source>
        <translation>%1，在用户空间</translation>
    </message>
    <message>
        <source>%1, in a system call</source>
        <translation>%1，在系统调用中</translation>
    </message>
    <message>
        <source>%1, interrupted</source>
        <translation>%1，被打断</translation>
    </message>
    <message>
        <source>interrupted on CPU %1</source>
        <translation>在 CPU %1 上被打断</translation>
    </message>
    <message>
        <source>running on CPU %1</source>
        <translation>正在 CPU %1 上运行</translation>
    </message>
    <message>
        <source>waiting for CPU %1</source>
        <translation>等待 CPU %1</translation>
    </message>
    <message>
        <source>asleep</source>
        <translation>睡眠中</translation>
    </message>
    <message>
        <source>on the wire</source>
        <translation>在网线上</translation>
    </message>
    <message>
        <source>in the FIFO</source>
        <translation>在 FIFO 中</translation>
    </message>
    <message>
        <source>in descriptor %1</source>
        <translation>在描述符 %1 中</translation>
    </message>
    <message>
        <source>in the receive queue</source>
        <translation>在接收队列中</translation>
    </message>
    <message>
        <source>with its reader</source>
        <translation>在读者手中</translation>
    </message>
    <message>
        <source>at %1</source>
        <translation>在 %1</translation>
    </message>
    <message>
        <source>%1, softirq on CPU %2</source>
        <translation>%1，CPU %2 上的软中断</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Core</source>
        <translation>核心层</translation>
    </message>
    <message>
        <source>IPv4</source>
        <translation>IPv4</translation>
    </message>
    <message>
        <source>IPv6</source>
        <translation>IPv6</translation>
    </message>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>尚未到达</translation>
    </message>
    <message>
        <source>now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>dropped here</source>
        <translation>在此丢弃</translation>
    </message>
    <message>
        <source>User space</source>
        <translation>用户空间</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>内核</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>硬件</translation>
    </message>
    <message>
        <source>Netfilter hook</source>
        <translation>Netfilter 钩子</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>wire</source>
        <translation>网线</translation>
    </message>
    <message>
        <source>DMA write</source>
        <translation>DMA 写入</translation>
    </message>
    <message>
        <source>%1 of %2 shown</source>
        <translation>显示 %1/%2 个</translation>
    </message>
    <message>
        <source>RX descriptor ring, in RAM</source>
        <translation>RX 描述符环（位于内存）</translation>
    </message>
    <message>
        <source>Nothing to show yet</source>
        <translation>暂无内容</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>No sk_buff has been chosen; click a packet.</source>
        <translation>尚未选择 sk_buff，请点击一个数据包。</translation>
    </message>
    <message>
        <source>This sk_buff has been freed, or does not exist yet.</source>
        <translation>这个 sk_buff 已经释放，或者还不存在。</translation>
    </message>
    <message>
        <source>Packet %1: len %2, truesize %3</source>
        <translation>数据包 %1：len %2，truesize %3</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>不允许</translation>
    </message>
    <message>
        <source>No sk_buff here</source>
        <translation>这里没有 sk_buff</translation>
    </message>
    <message>
        <source>Bytes %1 to %2</source>
        <translation>第 %1 到 %2 字节</translation>
    </message>
    <message>
        <source>No bytes yet</source>
        <translation>还没有字节</translation>
    </message>
    <message>
        <source>data and tail stand at the same place; skb_put makes room behind tail.</source>
        <translation>data 与 tail 在同一位置；skb_put 在 tail 之后腾出空间。</translation>
    </message>
    <message>
        <source>asleep in %1</source>
        <translation>在 %1 中睡眠</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 块</translation>
    </message>
    <message>
        <source>Network cards</source>
        <translation>网卡</translation>
    </message>
    <message>
        <source>machines not shown: %1</source>
        <translation>未显示的机器：%1</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>The picture is of the first machine of this run.</source>
        <translation>画面显示的是本次运行中的第一台机器。</translation>
    </message>
    <message>
        <source>tail would stand at %1, %2 bytes past end (%3): the kernel prints this and panics.</source>
        <translation>tail 会落在 %1，超出 end（%3）%2 字节：内核打印这一行，然后 panic。</translation>
    </message>
    <message>
        <source>data would stand before head: the kernel prints this and panics.</source>
        <translation>data 会落在 head 之前：内核打印这一行，然后 panic。</translation>
    </message>
    <message>
        <source>waits for a CPU</source>
        <translation>等待 CPU</translation>
    </message>
    <message>
        <source>mac_header: where the link-layer header begins</source>
        <translation>mac_header：链路层头部从这里开始</translation>
    </message>
    <message>
        <source>network_header: where the network-layer header begins</source>
        <translation>network_header：网络层头部从这里开始</translation>
    </message>
    <message>
        <source>transport_header: where the transport-layer header begins</source>
        <translation>transport_header：传输层头部从这里开始</translation>
    </message>
    <message>
        <source>%1 bytes, all of them 00</source>
        <translation>%1 字节，全部为 00</translation>
    </message>
    <message>
        <source>the same bytes: %1</source>
        <translation>同一份字节：%1</translation>
    </message>
    <message>
        <source>Clone</source>
        <translation>克隆</translation>
    </message>
    <message>
        <source>Another sk_buff with the same bytes; each has its own data and tail.</source>
        <translation>另一个 sk_buff，指向同一份字节；data 和 tail 各有各的。</translation>
    </message>
    <message>
        <source>Fragment</source>
        <translation>分片数据</translation>
    </message>
    <message>
        <source>An sk_buff of frag_list: it carries more of this packet.</source>
        <translation>frag_list 中的一个 sk_buff：这个数据包的其余部分在它里面。</translation>
    </message>
    <message>
        <source>Data in a page; skb_shared_info says where.</source>
        <translation>数据在一个内存页中；位置记在 skb_shared_info 里。</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>unset</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>not parsed yet</source>
        <translation>尚未解析</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>hatched: outside data and tail, still in memory</source>
        <translation>斜线：在 data 与 tail 之外，仍在内存中</translation>
    </message>
</context>
<context>
    <name>Time</name>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
</context>
<context>
    <name>ringside::AboutBox</name>
    <message>
        <source>About Ringside</source>
        <translation>关于 Ringside</translation>
    </message>
    <message>
        <source>A ringside seat inside the Linux kernel: steps through what Linux %1 does with a packet, forwards and backwards.</source>
        <translation>Linux 内核的前排座位：一步一步看 Linux %1 如何处理数据包，可以前进，也可以后退。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>自由软件，以 GNU 通用公共许可证第 3 版或更高版本发布，不提供任何担保。</translation>
    </message>
    <message>
        <source>Qt %1 (GPL-3.0), libpcap, yaml-cpp, muParser, nlohmann-json, CLI11, fmt; fonts Inter and JetBrains Mono (SIL OFL).</source>
        <translation>Qt %1（GPL-3.0）、libpcap、yaml-cpp、muParser、nlohmann-json、CLI11、fmt；字体 Inter 与 JetBrains Mono（SIL OFL）。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ringside::Actions</name>
    <message>
        <source>Open capture…</source>
        <translation>打开抓包…</translation>
    </message>
    <message>
        <source>Open scenario…</source>
        <translation>打开场景…</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>播放或暂停</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Next function</source>
        <translation>下一个函数</translation>
    </message>
    <message>
        <source>Previous function</source>
        <translation>上一个函数</translation>
    </message>
    <message>
        <source>Next packet</source>
        <translation>下一个数据包</translation>
    </message>
    <message>
        <source>Previous packet</source>
        <translation>上一个数据包</translation>
    </message>
    <message>
        <source>Next lesson step</source>
        <translation>下一课程步骤</translation>
    </message>
    <message>
        <source>Previous lesson step</source>
        <translation>上一课程步骤</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Last known step</source>
        <translation>已播放到的最后一步</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>减速</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>加速</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Call stacks</source>
        <translation>调用栈</translation>
    </message>
    <message>
        <source>Lab</source>
        <translation>实验台</translation>
    </message>
    <message>
        <source>Capture</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Lesson panel</source>
        <translation>课程面板</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Projector mode</source>
        <translation>投影模式</translation>
    </message>
    <message>
        <source>Restore layout</source>
        <translation>恢复布局</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Text at 100 %</source>
        <translation>文字 100%</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Reduced motion</source>
        <translation>减少动画</translation>
    </message>
    <message>
        <source>Undo in the lab</source>
        <translation>实验台：撤销</translation>
    </message>
    <message>
        <source>Redo in the lab</source>
        <translation>实验台：重做</translation>
    </message>
    <message>
        <source>Run on in the background</source>
        <translation>在后台继续运行</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>About Ringside</source>
        <translation>关于 Ringside</translation>
    </message>
    <message>
        <source>Back to the scene</source>
        <translation>回到场景画面</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>下一个面板</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>上一个面板</translation>
    </message>
    <message>
        <source>slower, faster</source>
        <translation>减速、加速</translation>
    </message>
    <message>
        <source>choose the view</source>
        <translation>选择视图</translation>
    </message>
    <message>
        <source>next station, Enter selects it</source>
        <translation>下一站，Enter 选中</translation>
    </message>
    <message>
        <source>this sheet</source>
        <translation>本快捷键表</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Next drop</source>
        <translation>下一次丢弃</translation>
    </message>
    <message>
        <source>Previous drop</source>
        <translation>上一次丢弃</translation>
    </message>
    <message>
        <source>Copy link to this step</source>
        <translation>复制这一步的链接</translation>
    </message>
    <message>
        <source>Save handout…</source>
        <translation>保存讲义…</translation>
    </message>
    <message>
        <source>Step into the call</source>
        <translation>步入调用</translation>
    </message>
    <message>
        <source>Step back into the call</source>
        <translation>反向步入调用</translation>
    </message>
    <message>
        <source>Step over the call</source>
        <translation>越过调用</translation>
    </message>
    <message>
        <source>Step back over the call</source>
        <translation>反向越过调用</translation>
    </message>
    <message>
        <source>Step out to the caller</source>
        <translation>跳出到调用者</translation>
    </message>
    <message>
        <source>Step back to the call</source>
        <translation>退回到调用处</translation>
    </message>
    <message>
        <source>Next step of this packet</source>
        <translation>此包的下一步</translation>
    </message>
    <message>
        <source>Previous step of this packet</source>
        <translation>此包的上一步</translation>
    </message>
    <message>
        <source>Next step of this task</source>
        <translation>此任务的下一步</translation>
    </message>
    <message>
        <source>Previous step of this task</source>
        <translation>此任务的上一步</translation>
    </message>
    <message>
        <source>Next step on this CPU</source>
        <translation>此 CPU 的下一步</translation>
    </message>
    <message>
        <source>Previous step on this CPU</source>
        <translation>此 CPU 的上一步</translation>
    </message>
    <message>
        <source>Why this event?</source>
        <translation>此事件为何发生？</translation>
    </message>
    <message>
        <source>Print handout…</source>
        <translation>打印讲义…</translation>
    </message>
    <message>
        <source>Print picture…</source>
        <translation>打印图片…</translation>
    </message>
    <message>
        <source>Write a note on this step</source>
        <translation>为这一步写笔记</translation>
    </message>
    <message>
        <source>Open at…</source>
        <translation>转到…</translation>
    </message>
    <message>
        <source>Open session…</source>
        <translation>打开会话…</translation>
    </message>
    <message>
        <source>Save session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Save session as…</source>
        <translation>会话另存为…</translation>
    </message>
    <message>
        <source>projector: answer, black, spotlight, zoom</source>
        <translation>投影模式：答案、黑屏、聚光、缩放</translation>
    </message>
    <message>
        <source>On to the next breakpoint</source>
        <translation>前进到下一个断点</translation>
    </message>
    <message>
        <source>Back to the last breakpoint</source>
        <translation>后退到上一个断点</translation>
    </message>
    <message>
        <source>Break at this function</source>
        <translation>在此函数处设断点</translation>
    </message>
    <message>
        <source>Who last changed this value?</source>
        <translation>这个值上次是谁改的？</translation>
    </message>
    <message>
        <source>Set marker A here</source>
        <translation>在此设标记 A</translation>
    </message>
    <message>
        <source>Set marker B here</source>
        <translation>在此设标记 B</translation>
    </message>
    <message>
        <source>Bookmark this moment</source>
        <translation>为此刻加书签</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Watched values</source>
        <translation>监视的值</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
</context>
<context>
    <name>ringside::BeginCard</name>
    <message>
        <source>New here?</source>
        <translation>第一次来？</translation>
    </message>
    <message>
        <source>Start with one packet</source>
        <translation>从一个数据包开始</translation>
    </message>
    <message>
        <source>The whole way of one UDP datagram, from the wire to the program that waits for it, in %1 steps. You predict, Ringside shows what happens. About ten minutes; nothing to install.</source>
        <translation>一个 UDP 数据报的全程：从网线到等着它的程序，共 %1 步。你先预测，Ringside 再演示。大约十分钟，无需安装任何东西。</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Begin lesson %1</source>
        <translation>开始第 %1 课</translation>
    </message>
    <message>
        <source>Begin the lesson %1</source>
        <translation>开始课程：%1</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
</context>
<context>
    <name>ringside::MarkList</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>ringside::WordLine</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>ringside::BreakpointPage</name>
    <message>
        <source>The run stopped here because of this.</source>
        <translation>运行因它停在这里。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>On to the next</source>
        <translation>前进到下一处</translation>
    </message>
    <message>
        <source>Back to the last</source>
        <translation>后退到上一处</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>udp_rcv, drop, packet 3, skb.len &gt; 1000</source>
        <translation>udp_rcv、drop、packet 3、skb.len &gt; 1000</translation>
    </message>
    <message>
        <source>New breakpoint</source>
        <translation>新断点</translation>
    </message>
    <message>
        <source>A function, a stage (“ip_rcv_core: …”), drop and a reason, packet, cpu, task; an expression over the state, or a name with “changes”</source>
        <translation>函数、阶段（“ip_rcv_core: …”）、drop 加原因、packet、cpu、task；状态的表达式，或名字加 changes</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>No breakpoint yet. Type where the run is to stop, or right-click a function, a packet or a value.</source>
        <translation>还没有断点。输入要停在哪里，或右击函数、数据包或值。</translation>
    </message>
</context>
<context>
    <name>ringside::CaptionStrip</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>The end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Predict:</source>
        <translation>预测：</translation>
    </message>
    <message>
        <source>*A: the answer*</source>
        <translation>*按 A 显示答案*</translation>
    </message>
</context>
<context>
    <name>ringside::CapturePanel</name>
    <message>
        <source>Capture</source>
        <translation>抓包</translation>
    </message>
    <message>
        <source>No capture is open. Drop a pcap or pcapng file here, or open one.</source>
        <translation>尚未打开抓包文件。把 pcap 或 pcapng 文件拖到这里，或者打开一个。</translation>
    </message>
    <message>
        <source>Open capture…</source>
        <translation>打开抓包…</translation>
    </message>
    <message>
        <source>Show on its path</source>
        <translation>在路径上显示</translation>
    </message>
    <message>
        <source>Our host</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Which host is ours</source>
        <translation>哪一台主机是本机</translation>
    </message>
    <message>
        <source>Traffic to this address is received; what it sent itself is not.</source>
        <translation>发往这个地址的流量由本机接收；本机自己发出的不算。</translation>
    </message>
    <message>
        <source>Sockets open</source>
        <translation>打开套接字</translation>
    </message>
    <message>
        <source>Off: no port is bound, and datagrams die with NO_SOCKET.</source>
        <translation>关闭时没有绑定任何端口，数据报以 NO_SOCKET 丢弃。</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>Costs in the model are notional, so by default an arrival waits until there is room; &quot;as recorded&quot; keeps the times and lets the ring overrun.</source>
        <translation>模型中的开销只是示意值，因此默认情况下，到达的数据包等到有空位再进入；“按抓包时间”保持原来的时刻，环可能溢出。</translation>
    </message>
    <message>
        <source>Pace of the replay</source>
        <translation>重放节奏</translation>
    </message>
    <message>
        <source>lose nothing</source>
        <translation>一个不丢</translation>
    </message>
    <message>
        <source>as recorded</source>
        <translation>按抓包时间</translation>
    </message>
    <message>
        <source>Filter: number, address, port, protocol, fate, reason or function</source>
        <translation>筛选：编号、地址、端口、协议、结局、原因或函数</translation>
    </message>
    <message>
        <source>Filter packets</source>
        <translation>筛选数据包</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>%1 (%2 received)</source>
        <translation>%1（收到 %2 个）</translation>
    </message>
    <message>
        <source>%1 of %2 packets</source>
        <translation>%1 个数据包，共 %2 个</translation>
    </message>
    <message>
        <source>looking, %1 of %2</source>
        <translation>正在查找，%1/%2</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>packets: %1</source>
        <translation>数据包数：%1</translation>
    </message>
    <message>
        <source>This capture is sound, and holds no packets.</source>
        <translation>这个抓包文件完好，但不含任何数据包。</translation>
    </message>
    <message>
        <source>Walk of the packet</source>
        <translation>数据包的行程</translation>
    </message>
    <message>
        <source>The functions it passed, from the wire to its end. Enter or a double click goes there.</source>
        <translation>它经过的函数，从线路到终点。按 Enter 键或双击即可前往。</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Reads the file again (F5): it may have grown since</source>
        <translation>重新读取文件（F5）：它可能已经变长</translation>
    </message>
    <message>
        <source>Died in</source>
        <translation>丢弃于</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>No packet matches: 0 of %1.</source>
        <translation>没有匹配的数据包：%1 个中的 0 个。</translation>
    </message>
</context>
<context>
    <name>ringside::ChartRow</name>
    <message>
        <source>0 from the beginning to here: nothing of this happens in this run.</source>
        <translation>从头到这里一直是 0：这次运行中没有发生这类事情。</translation>
    </message>
    <message>
        <source>No value here: what this chart is about does not exist in this run.</source>
        <translation>没有值：这次运行中没有这张图所说的对象。</translation>
    </message>
</context>
<context>
    <name>ringside::ChartsPanel</name>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Open a lesson, a scenario or a capture to see its charts.</source>
        <translation>打开一门课程、一个场景或一个抓包文件，即可查看图表。</translation>
    </message>
    <message>
        <source>sk_rmem_alloc of all sockets</source>
        <translation>所有套接字的 sk_rmem_alloc</translation>
    </message>
    <message>
        <source>limit (sk_rcvbuf)</source>
        <translation>上限（sk_rcvbuf）</translation>
    </message>
    <message>
        <source>descriptors used</source>
        <translation>已用描述符</translation>
    </message>
    <message>
        <source>ring size</source>
        <translation>环的大小</translation>
    </message>
    <message>
        <source>received</source>
        <translation>收到</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>送达</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Receive ring</source>
        <translation>接收环</translation>
    </message>
    <message>
        <source>Socket memory, bytes</source>
        <translation>套接字内存（字节）</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Your own: nic.eth0.rx.used, cpu[0].context, sum(socket[*].sk_rmem_alloc)</source>
        <translation>自选：nic.eth0.rx.used、cpu[0].context、sum(socket[*].sk_rmem_alloc)</translation>
    </message>
    <message>
        <source>Expression to draw</source>
        <translation>要绘制的表达式</translation>
    </message>
    <message>
        <source>Add chart</source>
        <translation>添加图表</translation>
    </message>
    <message>
        <source>Remove this chart</source>
        <translation>移除这张图表</translation>
    </message>
    <message>
        <source>Remove the chart of %1</source>
        <translation>移除 %1 的图表</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>A count over a part of the run has no value at a moment.</source>
        <translation>对运行的一段所作的计数在某一时刻没有值。</translation>
    </message>
    <message>
        <source>Model time: the cost of each stage is notional. Click to go there; the wheel zooms, a double click shows all.</source>
        <translation>模型时间：每个阶段的耗时只是示意。单击即可前往；滚轮缩放，双击显示全部。</translation>
    </message>
</context>
<context>
    <name>ringside::ContinueCard</name>
    <message>
        <source>Continue where you were</source>
        <translation>接着上次的地方</translation>
    </message>
    <message>
        <source>Lesson %1, %2</source>
        <translation>第 %1 课，%2</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Continue %1 at step %2</source>
        <translation>继续《%1》，第 %2 步</translation>
    </message>
    <message>
        <source>From its start</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>Begin %1 again from its start</source>
        <translation>从头开始《%1》</translation>
    </message>
</context>
<context>
    <name>ringside::CourseView</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1: %2 of %3 lessons done</source>
        <translation>%1：%3 课中已完成 %2 课</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>not begun</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Lesson %1, %2, %3</source>
        <translation>第 %1 课，%2，%3</translation>
    </message>
</context>
<context>
    <name>ringside::DockTitle</name>
    <message>
        <source>Detach or attach this panel</source>
        <translation>分离或放回这个面板</translation>
    </message>
    <message>
        <source>Close this panel; the View menu brings it back</source>
        <translation>关闭这个面板；可用“视图”菜单重新打开</translation>
    </message>
</context>
<context>
    <name>ringside::DropCard</name>
    <message>
        <source>Try it with open sockets</source>
        <translation>打开套接字再试</translation>
    </message>
    <message>
        <source>Try it at a slower pace</source>
        <translation>放慢节奏再试</translation>
    </message>
    <message>
        <source>Try it with rp_filter = 0</source>
        <translation>设 rp_filter = 0 再试</translation>
    </message>
    <message>
        <source>Try it without this setting</source>
        <translation>去掉此设置再试</translation>
    </message>
    <message>
        <source>Try it with ip_forward = 1</source>
        <translation>设 ip_forward = 1 再试</translation>
    </message>
    <message>
        <source>lost in the card</source>
        <translation>在网卡中丢失</translation>
    </message>
    <message>
        <source>Packet %1 was dropped in %2</source>
        <translation>数据包 %1 在 %2 中被丢弃</translation>
    </message>
    <message>
        <source>Why packet %1 died: %2</source>
        <translation>数据包 %1 为何丢失：%2</translation>
    </message>
    <message>
        <source>Go to the drop</source>
        <translation>前往丢弃处</translation>
    </message>
    <message>
        <source>On a real machine:</source>
        <translation>在真实机器上：</translation>
    </message>
    <message>
        <source>What would have saved it:</source>
        <translation>怎样才能挽救它：</translation>
    </message>
</context>
<context>
    <name>ringside::DropZone</name>
    <message>
        <source>Open capture…</source>
        <translation>打开抓包文件…</translation>
    </message>
    <message>
        <source>Drop a .pcap or .pcapng file here</source>
        <translation>把 .pcap 或 .pcapng 文件拖到这里</translation>
    </message>
    <message>
        <source>Let go to open %1</source>
        <translation>松开即打开 %1</translation>
    </message>
    <message>
        <source>%1 is no capture, scenario or lesson</source>
        <translation>%1 不是抓包文件、场景或课程</translation>
    </message>
</context>
<context>
    <name>ringside::EventList</name>
    <message>
        <source>Nothing is open.</source>
        <translation>尚未打开任何内容。</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No event has been played yet.</source>
        <translation>还没有播放过事件。</translation>
    </message>
    <message>
        <source>No event matches “%1”.</source>
        <translation>没有符合“%1”的事件。</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <translation>已找到 %1 个</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 个事件</translation>
    </message>
    <message>
        <source>Filter: function, packet 3, cpu 1, drop, NO_SOCKET</source>
        <translation>筛选：函数名、数据包 3、cpu 1、丢弃、NO_SOCKET</translation>
    </message>
    <message>
        <source>Filter of the event list</source>
        <translation>事件列表的筛选条件</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>复制此行</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到那里</translation>
    </message>
    <message>
        <source>Follow packet %1</source>
        <translation>跟踪数据包 %1</translation>
    </message>
    <message>
        <source>On to the next %1</source>
        <translation>前往下一个 %1</translation>
    </message>
    <message>
        <source>Back to the last %1</source>
        <translation>退回上一个 %1</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Place in the events</source>
        <translation>在事件中的位置</translation>
    </message>
</context>
<context>
    <name>ringside::EventModel</name>
    <message>
        <source>entered</source>
        <translation>进入</translation>
    </message>
    <message>
        <source>Event %1, %2, %3, %4</source>
        <translation>事件 %1，%2，%3，%4</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
</context>
<context>
    <name>ringside::ExerciseCard</name>
    <message>
        <source>Exercise</source>
        <translation>练习</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>动手试试</translation>
    </message>
    <message>
        <source>Watch this run</source>
        <translation>观看这次运行</translation>
    </message>
    <message>
        <source>Open the lab</source>
        <translation>打开实验台</translation>
    </message>
    <message>
        <source>Show a hint</source>
        <translation>显示提示</translation>
    </message>
    <message>
        <source>Another hint (%1 of %2)</source>
        <translation>再给一条提示（%1/%2）</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>正在运行…</translation>
    </message>
    <message>
        <source>Not reached with these settings. Watch the run to see why.</source>
        <translation>按这些设置没有达到目标。观看运行，看看原因。</translation>
    </message>
    <message>
        <source>✓ Reached.</source>
        <translation>✓ 已达到目标。</translation>
    </message>
</context>
<context>
    <name>ringside::FacetList</name>
    <message>
        <source>%1: chosen, a click lets go</source>
        <translation>%1：已选中，再次点击取消</translation>
    </message>
    <message>
        <source>%1: a click shows only these packets</source>
        <translation>%1：点击后只显示这些数据包</translation>
    </message>
    <message>
        <source>%1, chosen</source>
        <translation>%1，已选中</translation>
    </message>
</context>
<context>
    <name>ringside::FateSummary</name>
    <message>
        <source>not reached yet</source>
        <translation>尚未到达</translation>
    </message>
    <message>
        <source>lost in the card</source>
        <translation>在网卡中丢失</translation>
    </message>
    <message>
        <source>Show only these packets</source>
        <translation>只显示这些数据包</translation>
    </message>
</context>
<context>
    <name>ringside::GlossaryCard</name>
    <message>
        <source>See also: %1</source>
        <translation>参见：%1</translation>
    </message>
</context>
<context>
    <name>ringside::HomePage</name>
    <message>
        <source>A ringside seat inside the Linux kernel</source>
        <translation>Linux 内核现场的前排座位</translation>
    </message>
    <message>
        <source>Step through what Linux 6.1 does with a packet, from the wire to the program that reads it: forwards, backwards, at your pace.</source>
        <translation>一步一步看 Linux 6.1 怎样处理一个数据包，从网线直到读取它的程序：可前进，可后退，快慢由你。</translation>
    </message>
    <message>
        <source>The course</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>● done   ◐ begun   ○ to come</source>
        <translation>● 已完成   ◐ 进行中   ○ 未开始</translation>
    </message>
    <message>
        <source>The model follows Linux 6.1.192 on x86-64; its times are notional.</source>
        <translation>模型依据 x86-64 上的 Linux 6.1.192；其中的时间只是示意。</translation>
    </message>
    <message>
        <source>Reading the lessons…</source>
        <translation>正在读取课程…</translation>
    </message>
    <message>
        <source>any order works; this one is the easiest</source>
        <translation>任何顺序都可以，照此顺序最容易</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 of %2 lessons done</source>
        <translation>%2 课中已完成 %1 课</translation>
    </message>
</context>
<context>
    <name>ringside::HomeSide</name>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Your own packets</source>
        <translation>你自己的数据包</translation>
    </message>
    <message>
        <source>Captures to try</source>
        <translation>可供试用的抓包文件</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Nothing opened yet.</source>
        <translation>还没有打开过文件。</translation>
    </message>
    <message>
        <source>Try things</source>
        <translation>动手试试</translation>
    </message>
    <message>
        <source>?  all keys</source>
        <translation>?  全部按键</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>全部按键</translation>
    </message>
    <message>
        <source>sk_buff lab</source>
        <translation>sk_buff 实验室</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>找不到</translation>
    </message>
    <message>
        <source>%1 packets</source>
        <translation>%1 个数据包</translation>
    </message>
    <message>
        <source>%1 is not there any more; choosing it takes it off the list.</source>
        <translation>%1 已不在了；选择它会把它从列表中去掉。</translation>
    </message>
    <message>
        <source>6 packets: a name is asked for, and found</source>
        <translation>6 个数据包：查询一个域名并得到答复</translation>
    </message>
    <message>
        <source>30 packets: ARP, ping, UDP, fragments, HTTP</source>
        <translation>30 个数据包：ARP、ping、UDP、分片、HTTP</translation>
    </message>
    <message>
        <source>300 datagrams at once for a busy process</source>
        <translation>300 个数据报一齐发给一个忙碌的进程</translation>
    </message>
    <message>
        <source>put, push, pull: every byte shown</source>
        <translation>put、push、pull：每个字节都看得见</translation>
    </message>
</context>
<context>
    <name>ringside::Hunt</name>
    <message>
        <source>Type where to stop: a function, “drop”, “packet 3”, or an expression over the state.</source>
        <translation>输入要停在哪里：函数、“drop”、“packet 3”，或状态的表达式。</translation>
    </message>
    <message>
        <source>“%1” is no function, drop reason or context of the model.</source>
        <translation>“%1”不是模型中的函数、丢弃原因或上下文。</translation>
    </message>
    <message>
        <source>“%1” is no function, drop reason or context of the model; “%2” is.</source>
        <translation>“%1”不是模型中的函数、丢弃原因或上下文；“%2”才是。</translation>
    </message>
    <message>
        <source>%1() has not exactly one stage with the words “%2”.</source>
        <translation>%1() 中含“%2”的阶段不是恰好一个。</translation>
    </message>
    <message>
        <source>“%1” needs a number behind it, as in “%1 3”.</source>
        <translation>“%1”后面要有一个数，如“%1 3”。</translation>
    </message>
    <message>
        <source>No task is called “%1” here.</source>
        <translation>这里没有叫“%1”的任务。</translation>
    </message>
    <message>
        <source>“%1” cannot be read as an expression: %2</source>
        <translation>“%1”无法读作表达式：%2</translation>
    </message>
    <message>
        <source>the reader says “%1”.</source>
        <translation>解析器报告“%1”。</translation>
    </message>
    <message>
        <source>“%1” counts over a part of the run; a breakpoint is about one moment.</source>
        <translation>“%1”统计的是一段运行；断点只关乎一个时刻。</translation>
    </message>
    <message>
        <source>No breakpoint is switched on. Set one by a right click, or in the list of breakpoints.</source>
        <translation>没有打开的断点。右击可设断点，也可在断点列表中添加。</translation>
    </message>
    <message>
        <source>“%1” comes only after the open question. Answer it, or skip it.</source>
        <translation>“%1”在未答的问题之后。请先作答或跳过。</translation>
    </message>
    <message>
        <source>Stopped at event %1: %2</source>
        <translation>停在事件 %1：%2</translation>
    </message>
    <message>
        <source>%1: %2 → %3, by %4 at event %5</source>
        <translation>%1：%2 → %3，由 %4 在事件 %5 改变</translation>
    </message>
    <message>
        <source>%1 did not change before event %2.</source>
        <translation>在事件 %2 之前，%1 没有改变过。</translation>
    </message>
    <message>
        <source>“%1” is not met after event %2, to the end of the run.</source>
        <translation>从事件 %2 之后直到运行结束，“%1”没有出现。</translation>
    </message>
    <message>
        <source>“%1” is not met before event %2.</source>
        <translation>在事件 %2 之前，“%1”没有出现。</translation>
    </message>
    <message>
        <source>No breakpoint is met after event %1, to the end of the run.</source>
        <translation>从事件 %1 之后直到运行结束，没有遇到断点。</translation>
    </message>
    <message>
        <source>No breakpoint is met before event %1.</source>
        <translation>在事件 %1 之前没有遇到断点。</translation>
    </message>
</context>
<context>
    <name>ringside::InspectorModel</name>
    <message>
        <source>%1, changed from %2 to %3</source>
        <translation>%1，从 %2 变为 %3</translation>
    </message>
</context>
<context>
    <name>ringside::InspectorPanel</name>
    <message>
        <source>What the step is about</source>
        <translation>这一步所关注的对象</translation>
    </message>
    <message>
        <source>Frame %1 on CPU %2</source>
        <translation>CPU %2 上的栈帧 %1</translation>
    </message>
    <message>
        <source>sk_buff %1 (not alive here)</source>
        <translation>sk_buff %1（此刻不存在）</translation>
    </message>
    <message>
        <source>No field matches.</source>
        <translation>没有符合的字段。</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>尚未打开任何内容。</translation>
    </message>
    <message>
        <source>It does not exist at this moment.</source>
        <translation>它此刻不存在。</translation>
    </message>
    <message>
        <source>Pointers (offset from head)</source>
        <translation>指针（相对 head 的偏移）</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Headers (offset from head)</source>
        <translation>首部（相对 head 的偏移）</translation>
    </message>
    <message>
        <source>Derived</source>
        <translation>派生值</translation>
    </message>
    <message>
        <source>Checksum</source>
        <translation>校验和</translation>
    </message>
    <message>
        <source>Ownership</source>
        <translation>归属</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>标识</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>%1 at data</source>
        <translation>data 处的 %1</translation>
    </message>
    <message>
        <source>%1(): arguments and locals</source>
        <translation>%1()：参数与局部变量</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>What is inspected</source>
        <translation>检查对象</translation>
    </message>
    <message>
        <source>Filter fields</source>
        <translation>筛选字段</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
</context>
<context>
    <name>ringside::LabHistory</name>
    <message>
        <source>History of operations</source>
        <translation>操作历史</translation>
    </message>
    <message>
        <source>operation %1 of %2</source>
        <translation>第 %1 次操作，共 %2 次</translation>
    </message>
    <message>
        <source>nothing done yet</source>
        <translation>还没有操作</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
</context>
<context>
    <name>ringside::LabPanel</name>
    <message>
        <source>head, data and tail together; the size is rounded up to what the allocator gives</source>
        <translation>head、data、tail 在同一位置；大小向上取整，以分配器实际给出的为准</translation>
    </message>
    <message>
        <source>data and tail move forward together: headroom, while the buffer is empty</source>
        <translation>data 与 tail 一起后移：趁缓冲区为空，留出头部预留空间</translation>
    </message>
    <message>
        <source>tail moves forward: the data grows at its end</source>
        <translation>tail 后移：数据在末尾增长</translation>
    </message>
    <message>
        <source>data moves back: the data grows at its start</source>
        <translation>data 前移：数据在开头增长</translation>
    </message>
    <message>
        <source>data moves forward: the data shrinks at its start, the bytes stay</source>
        <translation>data 后移：数据在开头缩短，字节仍在</translation>
    </message>
    <message>
        <source>tail moves back until len is the number given</source>
        <translation>tail 前移，直到 len 等于给定的数</translation>
    </message>
    <message>
        <source>a new sk_buff for the same bytes</source>
        <translation>新的 sk_buff，指向同一份字节</translation>
    </message>
    <message>
        <source>a new sk_buff with bytes of its own</source>
        <translation>新的 sk_buff，字节也另有一份</translation>
    </message>
    <message>
        <source>sk_buff lab</source>
        <translation>sk_buff 实验台</translation>
    </message>
    <message>
        <source>Buffer</source>
        <translation>缓冲区</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>bytes for %1</source>
        <translation>%1 的字节数</translation>
    </message>
    <message>
        <source>From the open run</source>
        <translation>取自当前运行</translation>
    </message>
    <message>
        <source>Take this packet&apos;s bytes</source>
        <translation>取这个数据包的字节</translation>
    </message>
    <message>
        <source>number of the packet</source>
        <translation>数据包编号</translation>
    </message>
    <message>
        <source>Work on</source>
        <translation>操作对象</translation>
    </message>
    <message>
        <source>sk_buff to work on</source>
        <translation>要操作的 sk_buff</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>撤销（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Redo (Ctrl+Y)</source>
        <translation>重做（Ctrl+Y）</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Packet %1 did not enter the card: it was sent by this host, or its link type is not walked.</source>
        <translation>数据包 %1 没有进入网卡：它由本机发出，或者其链路类型不在演示之列。</translation>
    </message>
    <message>
        <source>Begin with alloc_skb, or take the bytes of a packet.</source>
        <translation>从 alloc_skb 开始，或者取一个数据包的字节。</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>History, %1 of %2</source>
        <translation>历史，%1/%2</translation>
    </message>
    <message>
        <source>tail would stand at %1, %2 bytes past end (%3). The kernel prints this line and stops; here nothing has changed.</source>
        <translation>tail 会落在 %1，超出 end（%3）%2 字节。内核会打印这一行，然后 panic；这里什么也没有改变。</translation>
    </message>
    <message>
        <source>data would stand %1 bytes before head. The kernel prints this line and stops; here nothing has changed.</source>
        <translation>data 会落在 head 之前 %1 字节。内核会打印这一行，然后 panic；这里什么也没有改变。</translation>
    </message>
    <message>
        <source>Not allowed here; nothing has changed.</source>
        <translation>此处不允许这样做；什么也没有改变。</translation>
    </message>
    <message>
        <source>Reached.</source>
        <translation>已达到目标。</translation>
    </message>
</context>
<context>
    <name>ringside::LessonPage</name>
    <message>
        <source>Lesson %1</source>
        <translation>第 %1 课</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>%1 of %2 predicted</source>
        <translation>预测对 %1/%2</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Previous lesson step</source>
        <translation>上一课程步骤</translation>
    </message>
    <message>
        <source>Next lesson step</source>
        <translation>下一课程步骤</translation>
    </message>
    <message>
        <source>Simplified here</source>
        <translation>简化说明</translation>
    </message>
    <message>
        <source>The end</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>What you have learned</source>
        <translation>这一课学到了什么</translation>
    </message>
    <message>
        <source>✓ Lesson done. Predicted rightly: %1 of %2.</source>
        <translation>✓ 本课完成。预测正确：%1/%2。</translation>
    </message>
    <message>
        <source>Next lesson: %1</source>
        <translation>下一课：%1</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>从头再来</translation>
    </message>
</context>
<context>
    <name>ringside::LessonPanel</name>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Reading the lessons…</source>
        <translation>正在读取课程…</translation>
    </message>
    <message>
        <source>steps: %1</source>
        <translation>步数：%1</translation>
    </message>
    <message>
        <source>✓ done</source>
        <translation>✓ 已完成</translation>
    </message>
    <message>
        <source>Back to the exercise</source>
        <translation>回到练习</translation>
    </message>
</context>
<context>
    <name>ringside::MainWindow</name>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>播放控制</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>%1 packets read</source>
        <translation>已读取 %1 个数据包</translation>
    </message>
    <message>
        <source>Opening was stopped; what was open before is still there.</source>
        <translation>已停止打开；先前打开的内容仍在。</translation>
    </message>
    <message>
        <source>Open another…</source>
        <translation>打开另一个…</translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap *.dmp *.gz *.zst);;All files (*)</source>
        <translation>抓包文件 (*.pcap *.pcapng *.cap *.dmp *.gz *.zst);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml *.yml);;All files (*)</source>
        <translation>场景文件 (*.yaml *.yml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a capture</source>
        <translation>打开抓包文件</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>打开场景</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>图片 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>One file at a time: the first one is opened.</source>
        <translation>一次只打开一个文件：打开第一个。</translation>
    </message>
    <message>
        <source>Nothing is open.</source>
        <translation>尚未打开任何内容。</translation>
    </message>
    <message>
        <source>What Ringside remembers could not be saved in %1.</source>
        <translation>Ringside 要记住的内容无法保存到 %1。</translation>
    </message>
    <message>
        <source>What you did in the lessons could not be saved in %1.</source>
        <translation>你在课程中的进度无法保存到 %1。</translation>
    </message>
    <message>
        <source>%1 is damaged; it was kept as %2, and Ringside begins without it.</source>
        <translation>%1 已损坏；它被保留为 %2，Ringside 这次不用它启动。</translation>
    </message>
    <message>
        <source>%1 is not a file of Ringside; it was kept as %2, and Ringside begins without it.</source>
        <translation>%1 不是 Ringside 的文件；它被保留为 %2，Ringside 这次不用它启动。</translation>
    </message>
    <message>
        <source>%1 is of a newer Ringside; it was kept as %2, and Ringside begins without it.</source>
        <translation>%1 来自更新版本的 Ringside；它被保留为 %2，Ringside 这次不用它启动。</translation>
    </message>
    <message>
        <source>%1 cannot be read; it is left as it is, and nothing is remembered this time.</source>
        <translation>无法读取 %1；它保持原样，这次不会记住任何内容。</translation>
    </message>
    <message>
        <source>%1 cannot be used nor renamed; it is left as it is, and nothing is remembered this time.</source>
        <translation>%1 无法使用，也无法改名；它保持原样，这次不会记住任何内容。</translation>
    </message>
    <message>
        <source>%1 Not called in this run.</source>
        <translation>%1这次运行中没有调用它。</translation>
    </message>
    <message>
        <source>%1 It comes after the open question.</source>
        <translation>%1它在尚未回答的问题之后。</translation>
    </message>
    <message>
        <source>%1 (Its value is in the inspector when a run is open.)</source>
        <translation>%1（打开一次运行后，检查器里有它的值。）</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>Save the handout</source>
        <translation>保存讲义</translation>
    </message>
    <message>
        <source>Documents (*.pdf)</source>
        <translation>文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有发生任何事。</translation>
    </message>
    <message>
        <source>Your notes could not be saved in %1.</source>
        <translation>笔记无法保存到 %1。</translation>
    </message>
    <message>
        <source>Open at</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>A step of a lesson (wire-to-recvfrom#ip, or #ip in this one), an event by its number (1234), or a packet (packet 17):</source>
        <translation>课程的一步（wire-to-recvfrom#ip，本课内可写 #ip）、事件编号（1234）或数据包（数据包 17）：</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>转到那里</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>“%1” is no step of a lesson, no number of an event and no packet.</source>
        <translation>“%1” 不是课程步骤，也不是事件编号或数据包。</translation>
    </message>
    <message>
        <source>Nothing is open that has events and packets.</source>
        <translation>没有打开任何带有事件和数据包的内容。</translation>
    </message>
    <message>
        <source>There is no packet %1 in this run.</source>
        <translation>这次运行中没有数据包 %1。</translation>
    </message>
    <message>
        <source>Packet %1 is not in the part that is known so far.</source>
        <translation>目前已知的部分中没有数据包 %1。</translation>
    </message>
    <message>
        <source>The run ends with event %1.</source>
        <translation>运行在事件 %1 处结束。</translation>
    </message>
    <message>
        <source>Event %1 is the last that can be gone to now.</source>
        <translation>目前最远只能转到事件 %1。</translation>
    </message>
    <message>
        <source>No lesson is open; name it before the “#”.</source>
        <translation>没有打开课程；请在“#”前写上课程名。</translation>
    </message>
    <message>
        <source>Printed.</source>
        <translation>已打印。</translation>
    </message>
    <message>
        <source>Open a session</source>
        <translation>打开会话</translation>
    </message>
    <message>
        <source>Sessions (*.ringside);;All files (*)</source>
        <translation>会话 (*.ringside);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The session was made of another input than the one that is there now, and cannot be opened.</source>
        <translation>会话所用的输入与现有的不同，无法打开。</translation>
    </message>
    <message>
        <source>The session cannot be made again by this Ringside: the run comes out differently.</source>
        <translation>这个版本的 Ringside 无法重现该会话：运行结果不同。</translation>
    </message>
    <message>
        <source>Save the session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Sessions (*.ringside)</source>
        <translation>会话 (*.ringside)</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
    <message>
        <source>%1 is there and is no session that this Ringside can read; it was left as it is. Save under another name.</source>
        <translation>%1 已存在，但不是此版本 Ringside 能读取的会话；文件未作改动。请换一个文件名保存。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>%1 is damaged; it was left as it is.</source>
        <translation>%1 已损坏；文件未作改动。</translation>
    </message>
    <message>
        <source>%1 is not a session of Ringside.</source>
        <translation>%1 不是 Ringside 的会话文件。</translation>
    </message>
    <message>
        <source>%1 was saved by a newer Ringside; it was left as it is.</source>
        <translation>%1 由更新版本的 Ringside 保存；文件未作改动。</translation>
    </message>
    <message>
        <source>%1 has changed since. Where is the file as it was?</source>
        <translation>%1 已被改动。原来的文件在哪里？</translation>
    </message>
    <message>
        <source>%1 is not where it was. Where is it now?</source>
        <translation>%1 不在原来的位置。它现在在哪里？</translation>
    </message>
    <message>
        <source>The session was not opened: its capture %1 was not found.</source>
        <translation>会话未打开：找不到它的抓包文件 %1。</translation>
    </message>
    <message>
        <source>%1 is another capture than the one of the session.</source>
        <translation>%1 不是该会话所用的抓包文件。</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>尚未保存</translation>
    </message>
    <message>
        <source>What you did in this run is not saved: its branches would be gone.</source>
        <translation>您在这次运行中所做的尚未保存：其分支将会丢失。</translation>
    </message>
    <message>
        <source>Save session…</source>
        <translation>保存会话…</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>留在这里</translation>
    </message>
    <message>
        <source>Ringside was not closed the last time. What was open then can be restored.</source>
        <translation>Ringside 上次没有正常关闭。当时打开的内容可以恢复。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Breakpoints and marks</source>
        <translation>断点与标记</translation>
    </message>
    <message>
        <source>The search was stopped; you are where you were.</source>
        <translation>搜索已停止；你仍在原处。</translation>
    </message>
    <message>
        <source>Breakpoint at %1: R runs on to it, Shift R back.</source>
        <translation>已在 %1 设断点：R 前进到它，Shift R 后退到它。</translation>
    </message>
    <message>
        <source>No breakpoint at %1 any more.</source>
        <translation>%1 处不再有断点。</translation>
    </message>
    <message>
        <source>Choose a value in the inspector first.</source>
        <translation>请先在检查器中选择一个值。</translation>
    </message>
    <message>
        <source>Marker %1 is at event %2.</source>
        <translation>标记 %1 在事件 %2。</translation>
    </message>
    <message>
        <source>From A to B: %1</source>
        <translation>从 A 到 B：%1</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>%1 events searched</source>
        <translation>已搜索 %1 个事件</translation>
    </message>
    <message>
        <source>The branch of this place is not there any more.</source>
        <translation>此处所在的分支已不存在。</translation>
    </message>
    <message>
        <source>It comes only after the open question, or is not known yet.</source>
        <translation>它在未答的问题之后，或尚未推演到那里。</translation>
    </message>
    <message>
        <source>Captures (*.pcap *.pcapng *.cap *.dmp);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ringside::MarksPanel</name>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>监视</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Breakpoints, watched values and marks</source>
        <translation>断点、监视的值与标记</translation>
    </message>
</context>
<context>
    <name>ringside::MessageBar</name>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
</context>
<context>
    <name>ringside::NoteEditor</name>
    <message>
        <source>Your note on this step</source>
        <translation>您对这一步的笔记</translation>
    </message>
    <message>
        <source>Kept, and printed in the handout</source>
        <translation>会保留，并印在讲义上</translation>
    </message>
</context>
<context>
    <name>ringside::Opening</name>
    <message>
        <source>%1: the capture ends before the first packet: %2</source>
        <translation>%1：抓包在第一个数据包之前就结束了：%2</translation>
    </message>
    <message>
        <source>%1: the capture ends after packet %2: %3</source>
        <translation>%1：抓包在第 %2 个数据包之后结束：%3</translation>
    </message>
</context>
<context>
    <name>ringside::PacketDetail</name>
    <message>
        <source>Packet close up</source>
        <translation>数据包特写</translation>
    </message>
    <message>
        <source>Bytes of the packet</source>
        <translation>数据包的字节</translation>
    </message>
    <message>
        <source>Headers of the packet</source>
        <translation>数据包的首部</translation>
    </message>
    <message>
        <source>Choose a packet to see its bytes.</source>
        <translation>选择一个数据包，查看它的字节。</translation>
    </message>
    <message>
        <source>… %1 more bytes</source>
        <translation>… 还有 %1 字节</translation>
    </message>
    <message>
        <source>cut</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>%1 · byte %2</source>
        <translation>%1 · 第 %2 字节</translation>
    </message>
    <message>
        <source>%1 · bytes %2 to %3</source>
        <translation>%1 · 第 %2 至 %3 字节</translation>
    </message>
</context>
<context>
    <name>ringside::PacketModel</name>
    <message>
        <source>cannot be read any more</source>
        <translation>已无法读取</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Time, s</source>
        <translation>时间（秒）</translation>
    </message>
    <message>
        <source>Fate</source>
        <translation>结局</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源</translation>
    </message>
    <message>
        <source>Destination</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Proto</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Len</source>
        <translation>长度</translation>
    </message>
</context>
<context>
    <name>ringside::PicturePanel</name>
    <message>
        <source>Path of the packet</source>
        <translation>数据包的路径</translation>
    </message>
    <message>
        <source>sk_buff close up</source>
        <translation>sk_buff 特写</translation>
    </message>
    <message>
        <source>Nothing is open. Open a lesson, or drop a capture here.</source>
        <translation>尚未打开任何内容。打开一门课程，或把抓包文件拖到这里。</translation>
    </message>
    <message>
        <source>No sk_buff has been made yet. Step on: the driver makes one for each packet.</source>
        <translation>还没有 sk_buff。继续前进：驱动程序为每个数据包建立一个。</translation>
    </message>
</context>
<context>
    <name>ringside::PlacesPage</name>
    <message>
        <source>The beginning</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>%1, event %2</source>
        <translation>%1，事件 %2</translation>
    </message>
    <message>
        <source>%1 events, %2</source>
        <translation>%1 个事件，%2</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
    <message>
        <source>No protocol counter moved.</source>
        <translation>没有协议计数器变动。</translation>
    </message>
    <message>
        <source>%1: event %2</source>
        <translation>%1：事件 %2</translation>
    </message>
    <message>
        <source>%1: not set</source>
        <translation>%1：未设</translation>
    </message>
    <message>
        <source>Between them: %1</source>
        <translation>两者之间：%1</translation>
    </message>
    <message>
        <source>They cannot be compared here: one is on another branch, or behind an open question.</source>
        <translation>这里无法比较：其中一个在另一分支上，或在未答的问题之后。</translation>
    </message>
    <message>
        <source>event %1</source>
        <translation>事件 %1</translation>
    </message>
    <message>
        <source>event %1, on another branch</source>
        <translation>事件 %1，在另一分支上</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>改名</translation>
    </message>
    <message>
        <source>Set here</source>
        <translation>设在此处</translation>
    </message>
    <message>
        <source>Set marker %1 here</source>
        <translation>在此设标记 %1</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>前往</translation>
    </message>
    <message>
        <source>Go to marker %1</source>
        <translation>前往标记 %1</translation>
    </message>
    <message>
        <source>Bookmarks</source>
        <translation>书签</translation>
    </message>
    <message>
        <source>No bookmark yet. Go to a moment and add one.</source>
        <translation>还没有书签。走到某个时刻再添加。</translation>
    </message>
    <message>
        <source>Add here</source>
        <translation>在此添加</translation>
    </message>
</context>
<context>
    <name>ringside::ProgressDots</name>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
<context>
    <name>ringside::QuestionCard</name>
    <message>
        <source>Prediction</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>输入一个数</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>你的答案</translation>
    </message>
    <message>
        <source>Right.</source>
        <translation>对。</translation>
    </message>
    <message>
        <source>Not so: it is %1.</source>
        <translation>不对：应为 %1。</translation>
    </message>
    <message>
        <source>Not so.</source>
        <translation>不对。</translation>
    </message>
    <message>
        <source>✓ right</source>
        <translation>✓ 正确答案</translation>
    </message>
    <message>
        <source>✗ your answer</source>
        <translation>✗ 你的答案</translation>
    </message>
    <message>
        <source>Skipped. The next steps show what happens; it can still be answered.</source>
        <translation>已跳过，答案会在后面的步骤中揭晓；现在仍可作答。</translation>
    </message>
</context>
<context>
    <name>ringside::SearchPalette</name>
    <message>
        <source>Nothing is called “%1”.</source>
        <translation>没有叫“%1”的东西。</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>A lesson, a kernel function, a field, a counter, a command</source>
        <translation>课程、内核函数、字段、计数器、命令</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>找到的内容</translation>
    </message>
    <message>
        <source>↑ ↓ choose, Enter goes there, Esc closes</source>
        <translation>↑ ↓ 选择，Enter 前往，Esc 关闭</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Steps of lessons</source>
        <translation>课程的步骤</translation>
    </message>
    <message>
        <source>Kernel functions</source>
        <translation>内核函数</translation>
    </message>
    <message>
        <source>Fields and counters</source>
        <translation>字段与计数器</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>最近打开的文件</translation>
    </message>
</context>
<context>
    <name>ringside::ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>In a text box or a table, arrows belong to it; Esc returns to the scene.</source>
        <translation>焦点在文本框或表格中时，方向键归它使用；按 Esc 回到场景画面。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ringside::StacksPanel</name>
    <message>
        <source>Nothing is open. Choose a lesson, or open a capture.</source>
        <translation>尚未打开任何内容。选择一门课程，或打开一个抓包文件。</translation>
    </message>
</context>
<context>
    <name>ringside::Texts</name>
    <message>
        <source>expected %1</source>
        <translation>应为%1</translation>
    </message>
    <message>
        <source>expected %1, found %2</source>
        <translation>应为%1，实为%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>text that begins with “%1”</source>
        <translation>以“%1”开头的文本</translation>
    </message>
    <message>
        <source>the bytes %1</source>
        <translation>字节 %1</translation>
    </message>
    <message>
        <source>the file is cut off there</source>
        <translation>文件在此处被截断</translation>
    </message>
    <message>
        <source>the file cannot be read on there (“%1”)</source>
        <translation>文件从此处起无法再读（“%1”）</translation>
    </message>
    <message>
        <source>something that is none (yaml-cpp: “%1”)</source>
        <translation>不合 YAML 语法的内容（yaml-cpp：“%1”）</translation>
    </message>
    <message>
        <source>an error of the system (“%1”)</source>
        <translation>系统报告的错误（“%1”）</translation>
    </message>
</context>
<context>
    <name>ringside::ThingMenus</name>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>Run on until the next %1</source>
        <translation>前进到下一个 %1</translation>
    </message>
    <message>
        <source>Run back to the last %1</source>
        <translation>后退到上一个 %1</translation>
    </message>
    <message>
        <source>Break here</source>
        <translation>在此设断点</translation>
    </message>
    <message>
        <source>Follow packet %1</source>
        <translation>跟踪数据包 %1</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Copy the name</source>
        <translation>复制名字</translation>
    </message>
    <message>
        <source>Copy the row</source>
        <translation>复制整行</translation>
    </message>
    <message>
        <source>Who last changed this?</source>
        <translation>上次是谁改的？</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>监视它</translation>
    </message>
    <message>
        <source>Break where it changes</source>
        <translation>在它改变处设断点</translation>
    </message>
</context>
<context>
    <name>ringside::TimeHistogram</name>
    <message>
        <source>%1 to %2: delivered %3, dropped %4, otherwise %5, not reached yet %6</source>
        <translation>%1 至 %2：送达 %3，丢弃 %4，其他 %5，尚未到达 %6</translation>
    </message>
    <message>
        <source>Packets over time</source>
        <translation>数据包随时间的分布</translation>
    </message>
    <message>
        <source>Chosen: %1 to %2</source>
        <translation>已选：%1 至 %2</translation>
    </message>
    <message>
        <source>Packets per %1</source>
        <translation>每 %1 的数据包数</translation>
    </message>
</context>
<context>
    <name>ringside::TimelinePanel</name>
    <message>
        <source>drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Axis</source>
        <translation>坐标轴</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Every event has the same room</source>
        <translation>每个事件占同样的宽度</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Every nanosecond has the same room</source>
        <translation>每一纳秒占同样的宽度</translation>
    </message>
    <message>
        <source>%1 events, the whole run</source>
        <translation>共 %1 个事件，整个运行</translation>
    </message>
    <message>
        <source>%1 events so far…</source>
        <translation>已有 %1 个事件…</translation>
    </message>
    <message>
        <source>%1 events known</source>
        <translation>已知 %1 个事件</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run on</source>
        <translation>继续运行</translation>
    </message>
</context>
<context>
    <name>ringside::TimelineView</name>
    <message>
        <source>Nothing is open. Open a lesson or a capture.</source>
        <translation>尚未打开任何内容。打开一门课程或一个抓包文件。</translation>
    </message>
    <message>
        <source>event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>not played yet</source>
        <translation>尚未播放</translation>
    </message>
    <message>
        <source>Drops</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>none so far</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>event %1, %2</source>
        <translation>事件 %1，%2</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Click goes there, drag scrubs, wheel zooms, double click shows everything</source>
        <translation>单击跳转，拖动定位，滚轮缩放，双击显示全部</translation>
    </message>
    <message>
        <source>CPUs not shown: %1</source>
        <translation>未显示的 CPU：%1</translation>
    </message>
</context>
<context>
    <name>ringside::TopBar</name>
    <message>
        <source>Go</source>
        <translation>转到</translation>
    </message>
    <message>
        <source>Branches</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Top bar</source>
        <translation>顶栏</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Search lessons, kernel functions, counters and commands</source>
        <translation>搜索课程、内核函数、计数器和命令</translation>
    </message>
    <message>
        <source>Find a lesson, a kernel function, a counter</source>
        <translation>查找课程、内核函数、计数器</translation>
    </message>
    <message>
        <source>Along the call, the packet, the CPU</source>
        <translation>沿调用、数据包或 CPU</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>课程</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Nothing opened yet</source>
        <translation>还没有打开过文件</translation>
    </message>
    <message>
        <source>Each change you made to the past began a branch of the run:</source>
        <translation>您每次改动过去，都会产生一个运行分支：</translation>
    </message>
    <message>
        <source>A change made to the past begins a branch of the run here.</source>
        <translation>改动过去会在这里产生一个运行分支。</translation>
    </message>
    <message>
        <source>%1, from step %2 on</source>
        <translation>%1，自第 %2 步起</translation>
    </message>
    <message>
        <source>The run without a change</source>
        <translation>未作改动的运行</translation>
    </message>
    <message>
        <source>Breakpoints and marks</source>
        <translation>断点与标记</translation>
    </message>
</context>
<context>
    <name>ringside::TransportBar</name>
    <message>
        <source>Transport</source>
        <translation>播放控制</translation>
    </message>
    <message>
        <source>Go to the start</source>
        <translation>回到开头</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Home</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Step by</source>
        <translation>步进</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>Lesson step</source>
        <translation>课程步骤</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Speed of playing</source>
        <translation>播放速度</translation>
    </message>
    <message>
        <source>Speed of playing ([ slower, ] faster)</source>
        <translation>播放速度（[ 减速，] 加速）</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>event %1 of %2</source>
        <translation>事件 %1/%2</translation>
    </message>
    <message>
        <source>event %1</source>
        <translation>事件 %1</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More kinds of step</source>
        <translation>更多步进方式</translation>
    </message>
    <message>
        <source>More kinds of step, with their keys</source>
        <translation>更多步进方式及其快捷键</translation>
    </message>
</context>
<context>
    <name>ringside::Travel</name>
    <message>
        <source>Not found yet: the run is not known that far. Step again.</source>
        <translation>尚未找到：运行还没有推演到那里。请再走一步。</translation>
    </message>
    <message>
        <source>There is no such step after this one.</source>
        <translation>此后没有这样的一步。</translation>
    </message>
    <message>
        <source>There is no such step before this one.</source>
        <translation>此前没有这样的一步。</translation>
    </message>
</context>
<context>
    <name>ringside::WatchPage</name>
    <message>
        <source>It has no value at this moment.</source>
        <translation>此刻它没有值。</translation>
    </message>
    <message>
        <source>Copy the value</source>
        <translation>复制值</translation>
    </message>
    <message>
        <source>Who last changed this?</source>
        <translation>上次是谁改的？</translation>
    </message>
    <message>
        <source>Break where it changes</source>
        <translation>在它改变处设断点</translation>
    </message>
    <message>
        <source>skb.len, sum(socket[*].sk_rmem_alloc)</source>
        <translation>skb.len、sum(socket[*].sk_rmem_alloc)</translation>
    </message>
    <message>
        <source>New watched value</source>
        <translation>新的监视值</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>History</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Watched values</source>
        <translation>监视的值</translation>
    </message>
    <message>
        <source>Nothing is watched. Type a name of the state, or right-click a value in the inspector.</source>
        <translation>尚未监视任何值。输入状态中的名字，或在检查器中右击一个值。</translation>
    </message>
</context>
<context>
    <name>ringside::WhyMenu</name>
    <message>
        <source>called by %1</source>
        <translation>由 %1 调用</translation>
    </message>
    <message>
        <source>an interrupt, raised by %1</source>
        <translation>中断，由 %1 触发</translation>
    </message>
    <message>
        <source>the task was woken in %1</source>
        <translation>任务在 %1 中被唤醒</translation>
    </message>
    <message>
        <source>because of %1</source>
        <translation>起因是 %1</translation>
    </message>
    <message>
        <source>The beginning: a frame arrived on the wire</source>
        <translation>源头：线路上到达了一帧</translation>
    </message>
    <message>
        <source>The beginning: a timer was due</source>
        <translation>源头：定时器到期</translation>
    </message>
    <message>
        <source>The beginning: the scenario, or you, set it going</source>
        <translation>源头：由场景或由您启动</translation>
    </message>
    <message>
        <source>There are more causes before it: ask there again</source>
        <translation>此前还有更多起因：请在那里再问一次</translation>
    </message>
</context>
</TS>
