// Loaded before the tool: makes its judging thread end, run out of memory, or take its time, where a text that it is to judge says so.
const { isMainThread, parentPort } = require('node:worker_threads');

if (!isMainThread && parentPort !== null) {
  const listen = parentPort.on.bind(parentPort);
  parentPort.on = (event, hear) =>
    listen(event, (message) => {
      const text = JSON.stringify(message?.question?.documents ?? []);
      if (text.includes('end the thread')) throw new Error('ended by a test');
      if (text.includes('eat all memory')) for (const all = []; ; ) all.push(new Array(1e6).fill(0.5));
      if (text.includes('take a while')) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
      hear(message);
    });
}
