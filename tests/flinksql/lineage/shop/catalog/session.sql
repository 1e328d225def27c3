USE CATALOG headrace;
