// Much of the browser's, the processes' and the clocks' tests is waiting: one more at a time than there are processors of a small machine keeps it busy.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
