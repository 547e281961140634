import type { StockItem } from './stock-item.js';

type Row = [sku: string, name: string, quantity: number, minimum: number, aisle: string, shelf: number];

const rows: readonly Row[] = [
  ['AB-101', 'Hex bolt M8 x 40', 420, 120, 'A', 1],
  ['AB-102', 'Hex bolt M10 x 60', 260, 90, 'A', 2],
  ['AB-118', 'Lock nut M8', 510, 150, 'A', 3],
  ['AB-207', 'Washer M8 (box of 100)', 96, 40, 'A', 4],
  ['AB-444', 'Ball bearing 6204', 64, 48, 'B', 2],
  ['AB-451', 'Ball bearing 6305', 58, 30, 'B', 3],
  ['BC-020', 'V-belt SPZ 1250', 41, 20, 'B', 7],
  ['BC-024', 'V-belt SPA 1500', 33, 20, 'B', 8],
  ['CD-310', 'Gear motor 0.37 kW', 19, 8, 'C', 1],
  ['CD-312', 'Gear motor 0.75 kW', 12, 6, 'C', 2],
  ['CD-330', 'Frequency converter 1.5 kW', 14, 6, 'C', 4],
  ['CD-402', 'Proximity switch M12', 88, 36, 'C', 9],
  ['CD-404', 'Light barrier 10 m', 37, 18, 'C', 10],
  ['DE-015', 'Cable 3 x 1.5 (50 m)', 46, 20, 'D', 1],
  ['DE-016', 'Cable 5 x 2.5 (50 m)', 29, 16, 'D', 2],
  ['DE-077', 'Cable tie 200 mm (bag of 100)', 180, 70, 'D', 5],
  ['DE-090', 'Terminal block 4 mm', 340, 120, 'D', 6],
  ['EF-500', 'Safety gloves size 9', 150, 60, 'E', 1],
  ['EF-501', 'Safety gloves size 10', 132, 60, 'E', 2],
  ['EF-520', 'Safety goggles', 74, 30, 'E', 4],
  ['EF-533', 'Ear protection', 52, 24, 'E', 5],
  ['FG-700', 'Carton 400 x 300 x 200', 600, 250, 'F', 1],
  ['FG-701', 'Carton 600 x 400 x 300', 380, 180, 'F', 2],
  ['FG-720', 'Pallet wrap 500 mm', 66, 40, 'F', 6],
];

/** What lies in the warehouse when the day begins. */
export function openingStock(): StockItem[] {
  return rows.map(([sku, name, quantity, minimum, aisle, shelf]) => ({
    sku,
    name,
    quantity,
    reserved: 0,
    minimum,
    location: { aisle, shelf },
  }));
}
