// The computations of the table.  node compute.js WORK TIMES SIZE
function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

function loop(turns) {
  let s = 0;
  for (let i = 0; i < turns; i++) {
    const k = i % 1000;
    s += k * k % 7;
  }
  return s;
}

function sum(bytes) {
  let s = 0;
  for (let i = 0; i < bytes.length; i++) s += bytes[i];
  return s;
}

function sieve(limit) {
  const composite = new Uint8Array(limit + 1);
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (composite[i] === 0) {
      count++;
      if (i <= 46340) for (let k = i * i; k <= limit; k += i) composite[k] = 1;
    }
  }
  return count;
}

function strings(count) {
  let sum = 0;
  for (let i = 0; i < count; i++) {
    let s = '';
    for (let k = 0; k < 200; k++) s = s + (i + k) + ';';
    sum += s.length + s.charCodeAt(i % s.length);
  }
  return sum;
}

const [work, times, size] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const bytes = new Uint8Array(work === 'bytes' ? size : 0);
for (let i = 0; i < bytes.length; i++) bytes[i] = i * 7;
const works = { fib, loop, sieve, strings, bytes: () => sum(bytes) };
for (let n = 0; n < times; n++) {
  const start = performance.now();
  const result = works[work](size);
  console.log(`result ${result} ms ${(performance.now() - start).toFixed(3)}`);
}
