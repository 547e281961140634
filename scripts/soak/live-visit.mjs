import { between } from './visit.mjs';

/**
 * One connection of a live reader, until the server ends it, `take` says that it has all there is, or it leaves by
 * itself. Meanwhile it stalls: takes nothing from the connection for a while.
 */
export async function readLive(visit, response, reader, take) {
  let isOver = false;
  let fault;
  const feed = (text) => {
    if (isOver) return;
    try {
      if (!take(text)) return;
    } catch (error) {
      fault = error;
    }
    leave();
  };
  const leave = () => {
    isOver = true;
    response.destroy();
  };
  const over = new Promise((resolve) =>
    response.on('data', feed).on('error', resolve).once('close', resolve),
  ).then(() => {
    if (!isOver) reader.ended++;
    isOver = true;
  });
  while (!isOver && !visit.isEnding) {
    await Promise.race([over, visit.pause(reader.isSteady ? 60_000 : between(500, 4000))]);
    if (isOver || visit.isEnding || reader.isSteady) continue;
    if (reader.isSleeper || Math.random() < 0.5) {
      reader.stalls++;
      response.pause();
      await visit.pause(reader.isSleeper ? between(35_000, 55_000) : between(500, 25_000));
      response.resume();
    } else leave();
  }
  // Who has read the newest already is sent nothing more.
  feed('');
  await over;
  if (fault) throw fault;
}
