INSERT INTO product (id, name, description, price) VALUES
  (1, 'Enamel teapot', 'Holds four cups and keeps them warm through a long conversation.', 24.50),
  (2, 'Beech chopping board', 'One piece of wood, oiled twice, with a groove for the juice.', 18.00),
  (3, 'Linen tea towel', 'Dries without lint from the first day on.', 9.80),
  (4, 'Cast-iron pan', 'Heavy, slow to heat, and slow to let go of it.', 46.00),
  (5, 'Pepper mill', 'A steel grinder in walnut, from coarse to dust.', 32.40),
  (6, 'Kitchen timer', 'A mechanical timer that rings once.', 12.90),
  (7, 'Storage jar', 'Glass, with a cork lid that seals. One and a half litres.', 19.90),
  (8, 'Bread basket', 'Woven willow, for a whole loaf.', 21.00),
  (9, 'Measuring jug', 'Marked on the inside too, so you need not bend down.', 11.50),
  (10, 'Salt cellar', 'Stoneware, open, with a spoon.', 14.20),
  (11, 'Rolling pin', 'Maple, without handles, tapered at both ends.', 16.75),
  (12, 'Paring knife', 'Carbon steel: it stains, and it stays sharp.', 27.30);
